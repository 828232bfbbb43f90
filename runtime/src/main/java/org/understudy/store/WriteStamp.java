package org.understudy.store;

/** Counts the writes of one RocksDB: odd while one is under way, larger and even once it is done. */
final class WriteStamp {
    private volatile long value;

    long now() {
        return value;
    }

    /** A write begins; one thread at a time. */
    void begin() {
        value = value + 1;
    }

    /** What {@link #end} makes of it. */
    long next() {
        return value + 1;
    }

    /** The write is done. */
    void end() {
        value = value + 1;
    }
}
