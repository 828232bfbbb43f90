package org.understudy.net;

import java.time.Duration;
import org.understudy.protocol.Peer;

/**
 * What goes on between this site and one it is connected to, both kinds of connection together.
 *
 * @param connectedFor how long the main connection has stood
 * @param dialledHere whether this site made it
 * @param bytesSent since then
 * @param bytesReceived since then
 * @param queuedBytes what waits to leave
 */
public record PeerTraffic(
        Peer peer, Duration connectedFor, boolean dialledHere, long bytesSent, long bytesReceived, long queuedBytes) {}
