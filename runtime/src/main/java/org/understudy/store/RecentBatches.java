package org.understudy.store;

import java.util.ArrayDeque;
import java.util.Deque;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordFrame;

/** The records committed last, in bounded memory, to tell whether a range of keys was written since a snapshot. */
final class RecentBatches {
    /** The bytes of records kept. */
    static final long KEPT_BYTES = 8 << 20;

    private final Deque<RecordBatch> batches = new ArrayDeque<>();
    private final ChangeReader changes = new ChangeReader();
    private long bytes;
    private long floor;

    RecentBatches(long floor) {
        this.floor = floor;
    }

    /** The LSN at and below which records are forgotten. */
    long floor() {
        return floor;
    }

    void add(RecordBatch batch) {
        batches.addLast(batch);
        bytes += batch.length();
        while (bytes > KEPT_BYTES) {
            RecordBatch oldest = batches.removeFirst();
            bytes -= oldest.length();
            floor = oldest.lastLsn();
        }
    }

    /** Whether a key of a range was written after an LSN that is not below the floor. */
    boolean writtenSince(ReadSet.ProtectedRange range, long lsn) {
        byte[] from = range.range().from().orElse(null);
        byte[] to = range.range().to().orElse(null);
        for (RecordBatch batch : batches) {
            if (batch.lastLsn() > lsn && writes(batch, range.database(), from, to, lsn)) {
                return true;
            }
        }
        return false;
    }

    private boolean writes(RecordBatch batch, int database, byte[] from, byte[] to, long lsn) {
        int at = batch.arrayOffset();
        for (LogRecord record : batch) {
            if (record.lsn() > lsn && record.kind().hasChanges()) {
                int payload = record.frameBytes() - RecordFrame.HEADER_BYTES;
                changes.reset(batch.array(), at + RecordFrame.HEADER_BYTES, payload);
                while (changes.next()) {
                    if (changes.database() == database && changes.isOfKey() && changes.keyIsBetween(from, to)) {
                        return true;
                    }
                }
            }
            at += record.frameBytes();
        }
        return false;
    }
}
