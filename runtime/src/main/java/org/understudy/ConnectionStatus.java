package org.understudy;

/**
 * A site's connections, in a {@link Status}.
 *
 * @param established sites it is connected to now
 * @param broken connections lost since the environment was opened
 * @param tryFailed attempts to connect that failed since then
 * @param refused incoming connections it refused since then
 * @param bytesSent bytes sent since then
 * @param bytesReceived bytes received since then
 */
public record ConnectionStatus(
        int established, long broken, long tryFailed, long refused, long bytesSent, long bytesReceived) {}
