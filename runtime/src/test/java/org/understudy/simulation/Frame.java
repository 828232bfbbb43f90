package org.understudy.simulation;

import java.util.UUID;
import org.understudy.protocol.Message;

/** What travels on a simulated connection. */
sealed interface Frame {

    /** The accepting end's greeting: the connection is up. */
    record Opened(UUID groupId) implements Frame {}

    /** A message, as the bytes it was encoded to. */
    record Carried(byte[] bytes) implements Frame {}

    /** The other end is closed; nothing follows. */
    record Closed(String reason) implements Frame {}

    /** The connection for bulk broke, and what was on its way there is lost. */
    record BulkBroken() implements Frame {}

    /** A message in its frame. */
    static Frame of(Message message) {
        return new Carried(Wire.encode(message));
    }
}
