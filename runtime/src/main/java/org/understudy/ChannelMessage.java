package org.understudy;

/** A message as its handler gets it, with the ways to answer. Thread-safe. */
public interface ChannelMessage extends Message {

    /** Whether the sender waits for an answer. */
    boolean wantsReply();

    /**
     * Answers a request: once, from any thread. When it returns, the answer is on its way.
     *
     * @throws IllegalStateException if it is no request; if it has been answered; or if it is over, because its sender no
     *     longer waits or the handler has returned without {@link #replyLater}. The answer goes nowhere then
     * @throws MessageTooLargeException if the answer exceeds {@code max-message}; the sender is told, and the request is over
     * @throws UnavailableException if the sender is no longer connected, or takes its answers too slowly
     */
    void reply(Object... parts);

    /**
     * Keeps a request open when the handler returns: somebody else will answer it. Without this a handler that returns
     * without an answer ends the request with {@link NoResponseException}. Does nothing where no answer is wanted.
     */
    void replyLater();

    /** A channel back to the sender, for any number of messages, which come to its handlers. Needs no closing. */
    Channel channelToSender();
}
