package org.understudy.store;

/**
 * When keys were last written, for the conflict check: the LSN by the hash of a key, in bounded memory.
 *
 * <p>Two tables: new entries go into one, and when that is full, the older one is dropped with all it knew. The {@link
 * #floor} then rises: nothing can be said about what was written at or below it. Equal hashes of different keys make a
 * conflict of what is none, which costs one transaction a retry.
 */
final class ConflictIndex {
    /** The writes each table holds at least before the older one is dropped. */
    static final int SMALLEST = 1 << 15;

    /** The writes each table holds at most. */
    static final int LARGEST = 1 << 19;

    private Table recent;
    private Table older;
    private long floor;
    private long recentFloor;

    ConflictIndex(long floor) {
        this.floor = floor;
        this.recentFloor = floor;
        this.recent = new Table(SMALLEST);
        this.older = new Table(1);
    }

    /** The LSN at and below which writes are forgotten. */
    long floor() {
        return floor;
    }

    /** Whether the key was written after an LSN that is not below the floor. */
    boolean writtenSince(long hash, long lsn) {
        return recent.lsn(hash) > lsn || older.lsn(hash) > lsn;
    }

    /**
     * Notes a write.
     *
     * @param neededLsn the oldest LSN that a transaction under way will ask about; the index grows rather than forget it
     */
    void wrote(long hash, long lsn, long neededLsn) {
        if (recent.isFull()) {
            if (neededLsn >= recentFloor || recent.capacity() >= LARGEST) {
                floor = recentFloor;
                recentFloor = lsn - 1;
                older = recent;
                recent = new Table(SMALLEST);
            } else {
                recent = recent.grown();
            }
        }
        recent.put(hash, lsn);
    }

    /** Open addressing; a zero LSN marks a free slot. */
    private static final class Table {
        private final long[] hashes;
        private final long[] lsns;
        private final int mask;
        private int size;

        Table(int capacity) {
            hashes = new long[capacity * 2];
            lsns = new long[capacity * 2];
            mask = capacity * 2 - 1;
        }

        int capacity() {
            return hashes.length / 2;
        }

        boolean isFull() {
            return size >= capacity();
        }

        long lsn(long hash) {
            return lsns[slot(hash)];
        }

        void put(long hash, long lsn) {
            int slot = slot(hash);
            if (lsns[slot] == 0) {
                hashes[slot] = hash;
                size++;
            }
            lsns[slot] = lsn;
        }

        Table grown() {
            Table larger = new Table(capacity() * 2);
            for (int slot = 0; slot < lsns.length; slot++) {
                if (lsns[slot] != 0) {
                    larger.put(hashes[slot], lsns[slot]);
                }
            }
            return larger;
        }

        private int slot(long hash) {
            int slot = (int) (hash ^ hash >>> 32) & mask;
            while (lsns[slot] != 0 && hashes[slot] != hash) {
                slot = slot + 1 & mask;
            }
            return slot;
        }
    }
}
