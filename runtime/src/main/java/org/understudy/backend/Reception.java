package org.understudy.backend;

import java.util.List;
import org.understudy.event.Subscription;

/** Where the messages come in that are sent to this site, for handlers in the other processes of its home (protocol.md §11). */
public interface Reception {

    /**
     * Has somebody take the messages of a topic, until the subscription is closed.
     *
     * @param topic empty for all that have no handler of their own
     * @throws IllegalStateException if that topic has a handler already, in whichever process
     */
    Subscription receive(String topic, Taker taker);

    /** Takes messages: of one sender one after the other. */
    @FunctionalInterface
    interface Taker {

        /** Takes one, and returns when the next of its sender may come. What it throws, the handler has failed with. */
        void take(Received message) throws Exception;
    }

    /** A message with its way back. Thread-safe. */
    interface Received {

        /** What it says. */
        Delivery content();

        /** Answers it, as {@link org.understudy.ChannelMessage#reply} does. */
        void reply(List<byte[]> parts);

        /** Keeps it open when the taker returns. */
        void replyLater();

        /** Tells who waits for an answer that there will be none. Does nothing where nobody does. */
        void abandon();

        /** Runs something, at once perhaps, when its sender waits for an answer no longer. */
        void whenWithdrawn(Runnable then);
    }
}
