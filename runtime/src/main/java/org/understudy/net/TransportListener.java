package org.understudy.net;

import org.understudy.protocol.Hello;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/**
 * What a {@link Transport} asks and tells. All calls come on its context, one at a time, in the order things happened,
 * and never from inside a call to the transport. They must not block.
 *
 * <p>There is at most one connection per site: {@link #connected} and {@link #disconnected} of a name alternate, and
 * between them come only messages of that connection.
 */
public interface TransportListener {

    /** What this site says of itself now, on any of the transport's loops; the transport fills in {@code dialled} and {@code kind}. */
    Hello hello();

    /** The handshake with this peer passed, in which it said this of itself. */
    void connected(Peer peer, Hello said);

    /** The connection to this peer is gone. */
    void disconnected(Peer peer, String reason);

    /** An attempt to connect to this site failed, or its handshake was refused by either side. */
    void connectFailed(String site, String reason);

    /** A message arrived. */
    void received(Peer peer, Message message);

    /** A bulk connection ended while the main one stands: what was asked for on it must be asked for again. */
    void bulkLost(Peer peer, String reason);

    /** {@link Transport#bulkWritable} has become true again. */
    void bulkDrained(Peer peer);
}
