package org.understudy.store;

import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordFrame;

/** Goes over records of a log, oldest first, and over the changes of those that are transactions. */
final class LogWalk {
    private static final int PIECE_BYTES = 4 << 20;

    /** Told of each. */
    interface Visitor {
        /** A change of one key. */
        void change(LogRecord record, ChangeReader change);

        /** A record that is no transaction. */
        default void other(LogRecord record) {}
    }

    private final RecordReader log;
    private final ChangeReader reader = new ChangeReader();

    LogWalk(RecordReader log) {
        this.log = log;
    }

    void over(long fromLsn, long toLsn, Visitor visitor) {
        long next = fromLsn;
        while (next <= toLsn) {
            RecordBatch records = log.read(next, toLsn, PIECE_BYTES);
            over(records, visitor);
            next = records.lastLsn() + 1;
        }
    }

    private void over(RecordBatch records, Visitor visitor) {
        int at = records.arrayOffset();
        for (LogRecord record : records) {
            if (record.kind().hasChanges()) {
                int payloadBytes = record.frameBytes() - RecordFrame.HEADER_BYTES;
                reader.reset(records.array(), at + RecordFrame.HEADER_BYTES, payloadBytes);
                while (reader.next()) {
                    if (reader.isOfKey()) {
                        visitor.change(record, reader);
                    }
                }
            } else {
                visitor.other(record);
            }
            at += record.frameBytes();
        }
    }
}
