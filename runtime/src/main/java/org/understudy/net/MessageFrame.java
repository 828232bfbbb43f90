package org.understudy.net;

import java.util.List;

/**
 * What travels on the connections for messages (protocol.md §10). Requests have a number that the sender never uses again
 * while its process lives; 0 stands for none. The lists and arrays in it are not to be changed.
 */
public sealed interface MessageFrame {

    /** A message, or a request if it has a number. */
    record Post(long request, String topic, List<byte[]> parts) implements MessageFrame {}

    /** The answer to a request. */
    record Answer(long request, List<byte[]> parts) implements MessageFrame {}

    /** There will be no answer to a request. */
    record Unanswered(long request, NoAnswer why) implements MessageFrame {}

    /** Whoever sent a request waits no longer. */
    record Withdrawal(long request) implements MessageFrame {}

    /**
     * Why there is no answer.
     *
     * @param text what the handler failed with; else empty
     * @param bytes the answer's size where that was too large; else 0
     * @param maxBytes what was allowed then; else 0
     */
    record NoAnswer(Cause cause, String text, long bytes, long maxBytes) {

        /** For a reason that needs no more words. */
        public static NoAnswer because(Cause cause) {
            return new NoAnswer(cause, "", 0, 0);
        }
    }

    /** The reasons; they travel by their place in this list. */
    enum Cause {
        NO_HANDLER,
        HANDLER_FAILED,
        NO_RESPONSE,
        ANSWER_TOO_LARGE,
        ANSWERS_BACK_UP,
        CLOSING
    }
}
