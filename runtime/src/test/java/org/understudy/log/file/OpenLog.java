package org.understudy.log.file;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.understudy.Place;
import org.understudy.Standing;

/** A log on a simulated directory, open while a test runs. */
abstract class OpenLog {
    static final int SEGMENT_BYTES = 16 << 10;
    static final Place PLACE = new Place("test", Optional.of("here:1"));

    final SimulatedDirectory directory = new SimulatedDirectory();
    Log log = open();

    @AfterEach
    void close() {
        log.close();
    }

    final void fill(long from, long to) {
        for (long lsn = from; lsn <= to; lsn++) {
            log.append(Records.record(1, lsn));
        }
    }

    final Log open() {
        return Log.open(directory, options(0), Standing.ZERO);
    }

    static LogOptions options(int tailBytes) {
        return new LogOptions(PLACE, SEGMENT_BYTES, 4 << 10, tailBytes);
    }
}
