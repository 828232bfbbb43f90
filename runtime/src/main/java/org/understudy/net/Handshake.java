package org.understudy.net;

import java.util.UUID;
import org.understudy.protocol.Hello;

/** The frames with which a connection begins and ends; nothing else is read before a {@link Greeting}. */
sealed interface Handshake {

    /**
     * Sent first by the site that dialled, then back by the one that accepts.
     *
     * @param hello who this is
     * @param process random, made with the sender's transport: tells a restarted process from a running one
     * @param number counts the connections dialled by a process; an answer repeats it
     * @param known for a main connection: the last of the receiver's own that the sender accepted; for all
     *     others: the main connection it belongs to
     */
    record Greeting(Hello hello, UUID process, long number, ConnectionId known) implements Handshake {}

    /** This connection may not be, until somebody changes something. */
    record Refusal(String reason) implements Handshake {}

    /** Not this connection, for a reason that passes: mostly that there is another between the two sites. */
    record Busy(String reason) implements Handshake {}

    /** The sender closes a connection that was in use. */
    record Goodbye(String reason) implements Handshake {}

    /**
     * A connection's name, the same on both ends.
     *
     * @param process the process that dialled
     * @param number its count
     */
    record ConnectionId(UUID process, long number) {
        static final ConnectionId NONE = new ConnectionId(new UUID(0, 0), 0);
    }
}
