package org.understudy.simulation;

import java.nio.ByteBuffer;
import java.util.List;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/**
 * What a transaction of the simulated workload changes: a serial of its own, and keys with the value after and the value
 * before, 0 for no value; and what it changes of the sessions of forwarded writes.
 */
record Changes(long serial, int[] keys, long[] after, long[] before, List<SessionChange> sessions) {
    private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
    private static final int ENTRY_BYTES = Integer.BYTES + 2 * Long.BYTES;

    /** Adds this as the next record. */
    void write(RecordBatchBuilder builder, long generation, long lsn) {
        write(builder, RecordKind.TRANSACTION, generation, lsn);
    }

    /** Adds this as the next record, of a kind that has changes. */
    void write(RecordBatchBuilder builder, RecordKind kind, long generation, long lsn) {
        builder.begin(generation, lsn, kind);
        int sessionBytes = sessions.stream().mapToInt(SessionChange::bytes).sum();
        ByteBuffer out = builder.payload(HEADER_BYTES + keys.length * ENTRY_BYTES + sessionBytes);
        out.putLong(serial).putInt(keys.length);
        for (int i = 0; i < keys.length; i++) {
            out.putInt(keys[i]).putLong(after[i]).putLong(before[i]);
        }
        sessions.forEach(change -> change.write(out));
        builder.end();
    }

    /** Reads a transaction's record. */
    static Changes read(LogRecord transaction) {
        ByteBuffer in = transaction.payload();
        long serial = in.getLong();
        int count = in.getInt();
        int[] keys = new int[count];
        long[] after = new long[count];
        long[] before = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = in.getInt();
            after[i] = in.getLong();
            before[i] = in.getLong();
        }
        return new Changes(serial, keys, after, before, SessionChange.readAll(in));
    }
}
