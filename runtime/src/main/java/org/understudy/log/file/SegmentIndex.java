package org.understudy.log.file;

import java.util.Arrays;

/** Where in a segment some of its records begin: one in {@value #STEP_BYTES} bytes, and the one a reader wants next. */
final class SegmentIndex {
    private static final int STEP_BYTES = 64 << 10;

    /** A record's LSN, and the position in the file where it begins. */
    record Mark(long lsn, long position) {}

    private long[] lsns = new long[8];
    private long[] positions = new long[8];
    private int size;
    private Mark next;

    SegmentIndex(long firstLsn) {
        lsns[0] = firstLsn;
        positions[0] = SegmentHeader.BYTES;
        size = 1;
        next = new Mark(firstLsn, SegmentHeader.BYTES);
    }

    /** Takes note of a record behind all those known, if the last one noted is far enough away. */
    void note(long lsn, long position) {
        if (position - lastPosition() >= STEP_BYTES) {
            add(lsn, position);
        }
    }

    private synchronized void add(long lsn, long position) {
        if (lsn <= lsns[size - 1]) {
            return;
        }
        if (size == lsns.length) {
            lsns = Arrays.copyOf(lsns, size * 2);
            positions = Arrays.copyOf(positions, size * 2);
        }
        lsns[size] = lsn;
        positions[size] = position;
        size++;
    }

    /** Takes note of where a reader that goes on in order begins next time. */
    synchronized void noteNext(long lsn, long position) {
        next = new Mark(lsn, position);
    }

    /** The last record known at or below an LSN. */
    synchronized Mark floor(long lsn) {
        int found = Arrays.binarySearch(lsns, 0, size, lsn);
        int index = found >= 0 ? found : -found - 2;
        return next.lsn <= lsn && next.lsn > lsns[index] ? next : new Mark(lsns[index], positions[index]);
    }

    /** Forgets everything above an LSN. */
    synchronized void cut(long lsn) {
        while (size > 1 && lsns[size - 1] > lsn) {
            size--;
        }
        next = new Mark(lsns[0], positions[0]);
    }

    private synchronized long lastPosition() {
        return positions[size - 1];
    }
}
