package org.understudy.store;

import java.util.ArrayList;
import java.util.List;
import org.understudy.Standing;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;

/** A log in memory that survives a store's crash as far as it was forced. */
final class MemoryLog implements RecordReader {
    private final List<LogRecord> records = new ArrayList<>();
    private long forcedLsn;
    private RuntimeException nextForceFails;

    synchronized void append(RecordBatch batch) {
        if (batch.firstLsn() != lastLsn() + 1) {
            throw new IllegalArgumentException(batch + " after " + lastLsn());
        }
        batch.forEach(records::add);
    }

    synchronized void force() {
        if (nextForceFails != null) {
            throw nextForceFails;
        }
        forcedLsn = lastLsn();
    }

    synchronized void failForces(RuntimeException failure) {
        nextForceFails = failure;
    }

    synchronized long forcedLsn() {
        return forcedLsn;
    }

    synchronized long lastLsn() {
        return records.size();
    }

    synchronized Standing last() {
        return records.isEmpty()
                ? Standing.ZERO
                : records.get(records.size() - 1).standing();
    }

    synchronized Standing at(long lsn) {
        return lsn == 0 ? Standing.ZERO : records.get((int) lsn - 1).standing();
    }

    synchronized void cut(long lastKept) {
        records.subList((int) lastKept, records.size()).clear();
        forcedLsn = Math.min(forcedLsn, lastKept);
    }

    @Override
    public synchronized RecordBatch read(long fromLsn, long toLsn, int maxBytes) {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        for (long lsn = fromLsn; lsn <= toLsn && (builder.length() < maxBytes || lsn == fromLsn); lsn++) {
            LogRecord record = records.get((int) lsn - 1);
            builder.add(record.generation(), record.lsn(), record.kind(), record.payloadBytes());
        }
        return builder.build();
    }
}
