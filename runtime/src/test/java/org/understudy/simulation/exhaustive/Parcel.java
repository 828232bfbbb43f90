package org.understudy.simulation.exhaustive;

import org.understudy.protocol.Message;

/**
 * A message under way.
 *
 * @param id equal for equal messages between the same two sites: what is under way is a set
 */
record Parcel(int from, int to, Message message, long id) {
    /** A number for the way it goes. */
    int link() {
        return from * Member3.SITES + to;
    }

    @Override
    public String toString() {
        return Member3.name(from) + " > " + Member3.name(to) + " " + message;
    }
}
