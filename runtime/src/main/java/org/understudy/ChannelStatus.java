package org.understudy;

/**
 * What went through message channels since the environment was opened, in a {@link Status}; what a site sends to itself
 * counts like the rest.
 *
 * @param sent messages and requests handed to the network, or to this site's own handlers; a message to all sites once for
 *     each
 * @param received messages and requests that came for this site's handlers
 * @param requests requests sent
 * @param answered requests that got their answer
 * @param timeouts requests that got none in time
 * @param lateAnswers answers that came when their request was over, and were discarded
 * @param refused messages and requests that were not taken because too much waited for that site
 * @param dropped messages, requests and answers that were taken, and whose connection was gone before they could leave
 * @param unhandled messages and requests that came and had no handler
 * @param queuedBytes what waits to leave now
 * @param handlingBytes what has come and waits for handlers now
 */
public record ChannelStatus(
        long sent,
        long received,
        long requests,
        long answered,
        long timeouts,
        long lateAnswers,
        long refused,
        long dropped,
        long unhandled,
        long queuedBytes,
        long handlingBytes) {

    /** Nothing has happened yet. */
    public static final ChannelStatus NONE = new ChannelStatus(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
