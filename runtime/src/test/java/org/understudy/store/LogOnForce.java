package org.understudy.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.understudy.Standing;
import org.understudy.log.LogRecord;
import org.understudy.log.MalformedRecordException;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;

/** A log whose records reach its file only when it is forced, so that killing the process loses what a power cut would. */
final class LogOnForce implements RecordReader {
    private final FileChannel file;
    private final List<LogRecord> records = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private final List<RecordBatch> unforced = new ArrayList<>();

    private LogOnForce(FileChannel file) {
        this.file = file;
    }

    static LogOnForce open(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        LogOnForce log = new LogOnForce(file);
        byte[] bytes = new byte[(int) file.size()];
        file.read(ByteBuffer.wrap(bytes), 0);
        int at = 0;
        while (at < bytes.length) {
            int length = at + 8 <= bytes.length ? 25 + ByteBuffer.wrap(bytes).getInt(at + 4) : Integer.MAX_VALUE;
            try {
                log.note(RecordBatch.parse(bytes, at, Math.min(length, bytes.length - at)));
            } catch (MalformedRecordException torn) {
                break;
            }
            at += length;
        }
        file.truncate(at);
        file.position(at);
        return log;
    }

    synchronized void append(RecordBatch batch) {
        note(batch);
        unforced.add(batch);
    }

    synchronized void force() {
        try {
            for (RecordBatch batch : unforced) {
                ByteBuffer bytes = batch.buffer();
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            }
            unforced.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void cut(long lastKept) throws IOException {
        force();
        long end = lastKept == 0 ? 0 : ends.get((int) lastKept - 1);
        file.truncate(end);
        file.position(end);
        records.subList((int) lastKept, records.size()).clear();
        ends.subList((int) lastKept, ends.size()).clear();
    }

    synchronized Standing at(long lsn) {
        return lsn == 0 ? Standing.ZERO : records.get((int) lsn - 1).standing();
    }

    synchronized long lastLsn() {
        return records.size();
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

    private void note(RecordBatch batch) {
        for (LogRecord record : batch) {
            records.add(record);
            ends.add((ends.isEmpty() ? 0 : ends.get(ends.size() - 1)) + record.frameBytes());
        }
    }
}
