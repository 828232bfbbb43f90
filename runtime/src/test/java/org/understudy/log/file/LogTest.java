package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;

class LogTest {
    private static final LogOptions OPTIONS =
            new LogOptions(new Place("test", Optional.of("here:1")), 16 << 10, 8 << 10, 0);

    @TempDir
    private Path home;

    @Test
    void records_are_read_back_after_reopening() {
        try (Log log = open()) {
            for (long lsn = 1; lsn <= 1000; lsn += 4) {
                log.append(Records.batch(1, lsn, 4));
            }
        }
        try (Log log = open()) {
            assertThat(log.last()).isEqualTo(new Standing(1, 1000));
            assertThat(log.segments()).isGreaterThan(3);
            assertThat(log.recovery().wasTorn()).isFalse();
            assertHolds(log, 1, 1000);
        }
    }

    private Log open() {
        return Log.open(new DiskDirectory(home), OPTIONS, Standing.ZERO);
    }

    private static void assertHolds(Log log, long from, long to) {
        long lsn = from;
        while (lsn <= to) {
            RecordBatch batch = log.read(lsn, to, 3000);
            for (LogRecord record : batch) {
                assertThat(record.lsn()).isEqualTo(lsn);
                assertThat(record.payloadBytes()).isEqualTo(Records.payload(record.generation(), lsn));
                lsn++;
            }
        }
    }
}
