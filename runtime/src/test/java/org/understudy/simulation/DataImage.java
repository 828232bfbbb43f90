package org.understudy.simulation;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.understudy.Standing;
import org.understudy.log.ForwardSession;
import org.understudy.log.GenerationHistory;
import org.understudy.log.MemberTable;

/** What a site's data files hold: values by key, and what the store keeps beside them (protocol.md §2.1). */
final class DataImage {
    /** How many keys there are; few, so that they are written again and again. */
    static final int KEYS = 48;

    final long[] values = new long[KEYS];
    final SortedMap<UUID, ForwardSession> sessions = new TreeMap<>();
    Standing applied = Standing.ZERO;
    GenerationHistory history = GenerationHistory.EMPTY;
    MemberTable members = MemberTable.NONE;
    long permanentLsn;
    /** The oldest record undone: the log may still hold it, and must be cut below it then. */
    Optional<Standing> pendingCut = Optional.empty();
    /** Replaced by a checkpoint of this standing, but the log may not be yet. */
    Optional<Standing> pendingReset = Optional.empty();

    /** An image of its own with the same content. */
    DataImage copy() {
        DataImage copy = new DataImage();
        System.arraycopy(values, 0, copy.values, 0, KEYS);
        copy.sessions.putAll(sessions);
        copy.applied = applied;
        copy.history = history;
        copy.members = members;
        copy.permanentLsn = permanentLsn;
        copy.pendingCut = pendingCut;
        copy.pendingReset = pendingReset;
        return copy;
    }

    /** A number that two images share when their values are equal, and hardly ever else. */
    long valuesHash() {
        long hash = 0;
        for (int key = 0; key < KEYS; key++) {
            hash += hash(key, values[key]);
        }
        for (Map.Entry<UUID, ForwardSession> session : sessions.entrySet()) {
            hash += SessionChange.hash(session.getKey(), Optional.of(session.getValue()));
        }
        return hash;
    }

    /** What one value adds to {@link #valuesHash()}. */
    static long hash(int key, long value) {
        return value == 0 ? 0 : Dice.mix(value * 31 + key + 1);
    }

    @Override
    public String toString() {
        return "data at " + applied + " " + Arrays.toString(values);
    }
}
