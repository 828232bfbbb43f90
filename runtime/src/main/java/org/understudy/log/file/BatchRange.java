package org.understudy.log.file;

import java.nio.ByteBuffer;
import java.util.List;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordFrame;

/** Makes one batch out of a range of the records of several consecutive ones. */
final class BatchRange {
    private final long toLsn;
    private final int maxBytes;
    private final byte[] bytes;
    private int length;

    private BatchRange(long toLsn, int maxBytes, int capacity) {
        this.toLsn = toLsn;
        this.maxBytes = maxBytes;
        this.bytes = new byte[capacity];
    }

    /** The records from one LSN on, which the first batch holds, to another, as many as fit, at least one. */
    static RecordBatch of(List<RecordBatch> batches, long fromLsn, long toLsn, int maxBytes) {
        RecordBatch first = batches.get(0).from(fromLsn);
        if (batches.size() == 1 && first.lastLsn() <= toLsn && (first.length() <= maxBytes || first.count() == 1)) {
            return first;
        }
        int capacity = batches.stream().mapToInt(RecordBatch::length).sum();
        BatchRange range = new BatchRange(toLsn, maxBytes, capacity);
        boolean more = range.add(first);
        for (int i = 1; more && i < batches.size(); i++) {
            more = range.add(batches.get(i));
        }
        return RecordBatch.parse(range.bytes, 0, range.length);
    }

    /** Adds what fits; false when something did not. */
    private boolean add(RecordBatch batch) {
        int fitting = batch.lastLsn() <= toLsn && length + batch.length() <= maxBytes ? batch.length() : prefix(batch);
        System.arraycopy(batch.array(), batch.arrayOffset(), bytes, length, fitting);
        length += fitting;
        return fitting == batch.length();
    }

    private int prefix(RecordBatch batch) {
        ByteBuffer frames = batch.buffer();
        int end = 0;
        for (long lsn = batch.firstLsn(); lsn <= Math.min(toLsn, batch.lastLsn()); lsn++) {
            int size = RecordFrame.size(RecordFrame.payloadLength(frames, end));
            if (length + end > 0 && length + end + size > maxBytes) {
                break;
            }
            end += size;
        }
        return end;
    }
}
