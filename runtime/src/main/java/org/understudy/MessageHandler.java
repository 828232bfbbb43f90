package org.understudy;

/**
 * Handles messages that come to this site. Called on a thread of the library's own: for the messages of one sender one after
 * the other, for different senders at the same time. While it is busy, later messages of that sender wait, and from {@code
 * message-queue} on nothing more is read from it; nobody else is harmed. A handler that waits for the answer to a request
 * of its own must not need its own turn for it.
 */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles one. What it throws ends a request with {@link HandlerFailedException}, and is logged.
     *
     * @param message may be kept
     */
    void handle(ChannelMessage message) throws Exception;
}
