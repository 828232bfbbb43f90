package org.understudy.store;

/** One change of a commit on its way into the log. */
final class PlannedChange {
    private final NumberedKey key;
    private final byte[] after; // null: deleted
    private PlannedChange earlier; // the change of the same key before it in the same batch
    private byte[] before; // null: absent
    private boolean beforeKnown;

    PlannedChange(NumberedKey key, byte[] after) {
        this.key = key;
        this.after = after == DatabaseWrites.DELETED ? null : after;
    }

    NumberedKey key() {
        return key;
    }

    /** The value it writes, or null. */
    byte[] after() {
        return after;
    }

    /** The value before it, or null. */
    byte[] before() {
        return earlier == null ? before : earlier.after;
    }

    /** Whether the value before it has to be read. */
    boolean isBeforeMissing() {
        return !beforeKnown;
    }

    void follows(PlannedChange other) {
        earlier = other;
        beforeKnown = true;
    }

    void before(byte[] value) {
        before = value;
        beforeKnown = true;
    }
}
