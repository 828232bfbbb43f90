package org.understudy.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.log.LogRecord;
import org.understudy.log.file.DiskDirectory;
import org.understudy.log.file.Log;
import org.understudy.log.file.LogOptions;
import org.understudy.simulation.Violation;
import org.understudy.store.LongChanges;

/** The logs that the sites of a group left behind, read from their homes and held against each other. */
final class SiteLogs {
    private static final String EQUAL = "equal (generation, LSN) mean equal records (§13.2)";
    private static final int PIECE_BYTES = 4 << 20;

    private final Map<Long, String> contents = new HashMap<>();
    private final Map<Long, Standing> places = new HashMap<>();
    private final TreeMap<Long, Map<Long, Long>> transactions = new TreeMap<>();

    /** Reads the whole log in a home whose process has ended. */
    void read(String site, Path home) {
        LogOptions options = LogOptions.of(new Place("judge", Optional.of(site)), LogOptions.MIN_SEGMENT_BYTES);
        try (Log log = Log.open(new DiskDirectory(home.resolve("log")), options, Standing.ZERO)) {
            for (long next = log.startLsn(); next <= log.last().lsn(); ) {
                for (LogRecord record : log.read(next, log.last().lsn(), PIECE_BYTES)) {
                    take(site, record);
                    next = record.lsn() + 1;
                }
            }
        }
    }

    private void take(String site, LogRecord record) {
        String content = record + " " + Arrays.hashCode(record.payloadBytes());
        String known = contents.putIfAbsent(record.lsn(), content);
        if (known != null && !known.equals(content)) {
            throw new Violation(EQUAL, site + " holds " + content + " where another holds " + known);
        }
        if (known == null && record.kind().hasChanges()) {
            Map<Long, Long> written = LongChanges.of(record);
            if (written.isEmpty()) {
                return; // a session was opened, or a write was found to be committed already
            }
            transactions.put(record.lsn(), written);
            long serial = written.values().iterator().next();
            if (places.put(serial, record.standing()) != null) {
                throw new Violation("a commit stands once", "serial " + serial + " stands twice in the log");
            }
        }
    }

    /** Holds what the applications were told against what is there; the verdict has been checked. */
    Verdict judge(Chronicle chronicle) {
        assertThat(chronicle.broken()).isEmpty();
        Verdict verdict = new Verdict(chronicle, Map.copyOf(places), transactions);
        verdict.check();
        return verdict;
    }
}
