package org.understudy.net;

import java.util.Optional;
import java.util.UUID;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.net.Handshake.Greeting;

/**
 * Which connection stays when two sites dial each other, or one dials again. Both ends come to the same answer, and
 * neither has to wait for a timeout to find out that the other has given a connection up.
 */
final class Crossing {

    /**
     * The connection that stands.
     *
     * @param remoteProcess the process at the other end
     */
    record Standing(ConnectionId id, UUID remoteProcess, boolean dialledHere) {}

    private Crossing() {}

    /**
     * Whether a connection dialled by the other site is taken, in place of what there is.
     *
     * @param ownDialGreeted whether a dial of our own waits for the other's answer
     * @param gone the connection that stood last
     */
    static boolean takes(
            String localSite,
            Greeting greeting,
            boolean ownDialGreeted,
            Optional<Standing> standing,
            Optional<Standing> gone) {
        if (standing.isPresent()) {
            return replaces(greeting, standing.get());
        }
        boolean stale = gone.filter(last -> precedes(greeting, last)).isPresent();
        return !stale && (!ownDialGreeted || greeting.hello().site().compareTo(localSite) < 0);
    }

    /** Whether the greeting was sent before a connection that has come and gone since: its dial was given up for that. */
    private static boolean precedes(Greeting greeting, Standing last) {
        if (!greeting.process().equals(last.remoteProcess())) {
            return false;
        }
        ConnectionId known = greeting.known();
        return last.dialledHere()
                ? !known.process().equals(last.id().process())
                        || known.number() < last.id().number()
                : greeting.number() <= last.id().number();
    }

    private static boolean replaces(Greeting greeting, Standing standing) {
        if (!greeting.process().equals(standing.remoteProcess())) {
            return true;
        }
        // A process dials again only once its earlier dials are over; and when it knew of ours, it knows that it is
        // gone.
        return standing.dialledHere()
                ? greeting.known().equals(standing.id())
                : greeting.number() > standing.id().number();
    }
}
