package org.understudy.simulation;

import java.util.UUID;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** What another site has asked a master to write (protocol.md §9). */
sealed interface Remote {

    /** Who asked. */
    Peer from();

    /** A write of its application. */
    record Write(Peer from, Message.Forward forward) implements Remote {}

    /** A session to forward in. */
    record Session(Peer from, long request, UUID session) implements Remote {}
}
