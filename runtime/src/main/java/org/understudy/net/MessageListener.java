package org.understudy.net;

/** What the connections for messages tell. All calls come on one event loop, in order, and must not block. */
public interface MessageListener {

    /** Another site opened a connection on which it sends; what comes on it goes to the returned one. */
    Incoming opened(AnswerLine line);

    /** A request that went out by a line has an answer. */
    void answered(MessageLine line, MessageFrame.Answer answer);

    /** A request that went out by a line will have none. */
    void unanswered(MessageLine line, MessageFrame.Unanswered unanswered);

    /**
     * What was sent by this line, and not answered, may have arrived or not.
     *
     * @param dropped how many frames had certainly not left
     */
    void lost(MessageLine line, String reason, long dropped);

    /** What comes from one site on one connection. */
    interface Incoming {

        /** A message, or a request. */
        void posted(MessageFrame.Post post);

        /** A request's sender waits no longer. */
        void withdrawn(MessageFrame.Withdrawal withdrawal);

        /**
         * The connection is gone, and nothing follows.
         *
         * @param dropped how many answers had certainly not left
         */
        void closed(long dropped);
    }
}
