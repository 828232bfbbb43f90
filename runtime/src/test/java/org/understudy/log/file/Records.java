package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/** Records for tests: what each of them holds follows from its generation and LSN. */
final class Records {
    private Records() {}

    /** One record of this generation and LSN. */
    static RecordBatch record(long generation, long lsn) {
        return batch(generation, lsn, 1);
    }

    /** So many records of one generation. */
    static RecordBatch batch(long generation, long firstLsn, int count) {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        for (int i = 0; i < count; i++) {
            builder.add(generation, firstLsn + i, RecordKind.TRANSACTION, payload(generation, firstLsn + i));
        }
        return builder.build();
    }

    /** One record with a payload of its own. */
    static RecordBatch of(long generation, long lsn, byte[] payload) {
        return new RecordBatchBuilder()
                .add(generation, lsn, RecordKind.TRANSACTION, payload)
                .build();
    }

    /** Reads a range of a log and checks each record. */
    static void assertRead(Log log, long fromLsn, long toLsn) {
        long lsn = fromLsn;
        while (lsn <= toLsn) {
            for (LogRecord record : log.read(lsn, toLsn, 3000)) {
                assertThat(record.lsn()).isEqualTo(lsn);
                assertThat(record.payloadBytes()).isEqualTo(payload(record.generation(), lsn));
                lsn++;
            }
        }
    }

    /** The payload every record of this generation and LSN has. */
    static byte[] payload(long generation, long lsn) {
        Random random = new Random(generation * 31 + lsn);
        byte[] payload = new byte[random.nextInt(200)];
        random.nextBytes(payload);
        return payload;
    }
}
