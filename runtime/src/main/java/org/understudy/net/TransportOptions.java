package org.understudy.net;

import java.time.Duration;

/**
 * The transport's limits and times.
 *
 * @param connectionRetry the pause before dialling again, after a few quick attempts
 * @param connectionRetryMax what this pause grows to, doubling
 * @param connectTimeout how long an attempt to connect may take
 * @param handshakeTimeout how long the other end may take for its first frame
 * @param readTimeout how long the rest of a frame may stay away once its beginning is here
 * @param sendBufferBytes a connection with more waiting to leave is closed
 * @param bulkWindowBytes a bulk connection with more waiting to leave is not {@linkplain Transport#bulkWritable writable}
 * @param messageQueueBytes from so many bytes of messages on that wait to leave for one site, it takes no more
 * @param maxConnections how many connections there may be at once; further ones that arrive are closed
 */
public record TransportOptions(
        Duration connectionRetry,
        Duration connectionRetryMax,
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration readTimeout,
        long sendBufferBytes,
        int bulkWindowBytes,
        long messageQueueBytes,
        int maxConnections) {
    private static final int MIB = 1024 * 1024;

    /** What holds where nothing else is said. */
    public static TransportOptions defaults() {
        return new TransportOptions(
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                128 * MIB,
                4 * MIB,
                64L * MIB,
                1000);
    }

    /** With these pauses between attempts to connect. */
    public TransportOptions withConnectionRetry(Duration first, Duration max) {
        return new TransportOptions(
                first,
                max,
                connectTimeout,
                handshakeTimeout,
                readTimeout,
                sendBufferBytes,
                bulkWindowBytes,
                messageQueueBytes,
                maxConnections);
    }

    /** With these limits for the other end's silence. */
    public TransportOptions withTimeouts(Duration connect, Duration handshake, Duration read) {
        return new TransportOptions(
                connectionRetry,
                connectionRetryMax,
                connect,
                handshake,
                read,
                sendBufferBytes,
                bulkWindowBytes,
                messageQueueBytes,
                maxConnections);
    }

    /** With these limits for what waits to leave. */
    public TransportOptions withBuffers(long sendBytes, int bulkWindow) {
        return new TransportOptions(
                connectionRetry,
                connectionRetryMax,
                connectTimeout,
                handshakeTimeout,
                readTimeout,
                sendBytes,
                bulkWindow,
                messageQueueBytes,
                maxConnections);
    }

    /** With this limit for messages that wait to leave for one site. */
    public TransportOptions withMessageQueue(long bytes) {
        return new TransportOptions(
                connectionRetry,
                connectionRetryMax,
                connectTimeout,
                handshakeTimeout,
                readTimeout,
                sendBufferBytes,
                bulkWindowBytes,
                bytes,
                maxConnections);
    }

    /** With this many connections at most. */
    public TransportOptions withMaxConnections(int max) {
        return new TransportOptions(
                connectionRetry,
                connectionRetryMax,
                connectTimeout,
                handshakeTimeout,
                readTimeout,
                sendBufferBytes,
                bulkWindowBytes,
                messageQueueBytes,
                max);
    }
}
