package org.understudy.simulation.exhaustive;

import java.util.Arrays;
import org.understudy.net.WireCodec;
import org.understudy.protocol.Message;

/**
 * A message under way.
 *
 * @param id equal for equal messages between the same two sites: what is under way is a set
 */
record Parcel(int from, int to, Message message, long id) {

    /** Puts a message on its way. */
    static Parcel of(int from, int to, Message message) {
        long bytes = Arrays.hashCode(WireCodec.encode(message).toByteArray());
        return new Parcel(from, to, message, ObjectGraph.mix(bytes * 9 + from * 3L + to));
    }

    /** A number for the way it goes. */
    int link() {
        return from * Member3.SITES + to;
    }

    @Override
    public String toString() {
        return Member3.name(from) + " > " + Member3.name(to) + " " + message;
    }
}
