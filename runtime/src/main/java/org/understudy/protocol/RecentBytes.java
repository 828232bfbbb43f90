package org.understudy.protocol;

import java.util.ArrayDeque;

/**
 * Which LSNs make up the newest so many bytes of the log: a stream that hasn't acknowledged into this window is more than
 * the send buffer behind (protocol.md §5).
 */
final class RecentBytes {
    private static final int ENTRY_BYTES = 64 * 1024;

    private final ArrayDeque<long[]> entries = new ArrayDeque<>();
    private final long limitBytes;
    private long bytes;
    private long startLsn;

    RecentBytes(long limitBytes, long startLsn) {
        this.limitBytes = limitBytes;
        this.startLsn = startLsn;
    }

    void add(long lastLsn, int length) {
        long[] newest = entries.peekLast();
        if (newest != null && newest[1] < ENTRY_BYTES) {
            newest[0] = lastLsn;
            newest[1] += length;
        } else {
            entries.addLast(new long[] {lastLsn, length});
        }
        bytes += length;
        while (bytes > limitBytes && entries.size() > 1) {
            long[] oldest = entries.removeFirst();
            bytes -= oldest[1];
            startLsn = oldest[0];
        }
    }

    /** The LSN just below the window. */
    long startLsn() {
        return startLsn;
    }
}
