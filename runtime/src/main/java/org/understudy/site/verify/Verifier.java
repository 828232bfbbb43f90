package org.understudy.site.verify;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.understudy.DatabaseDigest;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.EnvironmentDigest;
import org.understudy.Standing;
import org.understudy.VerifyReport;
import org.understudy.log.GenerationHistory;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;
import org.understudy.log.file.Log;
import org.understudy.store.LogAgainstData;
import org.understudy.store.PastData;
import org.understudy.store.Store;

/** Checks an environment in itself, while it is used or not: its log, its data, and the one against the other. */
public final class Verifier {
    private static final int PIECE_BYTES = 4 << 20;
    private static final int MOST_PROBLEMS = 100;

    private final Log log;
    private final Store store;
    private final List<String> problems = new ArrayList<>();

    /** Of this log and data. */
    public Verifier(Log log, Store store) {
        this.log = log;
        this.store = store;
    }

    /** Reads everything; what is wrong is in the report. */
    public VerifyReport verify() {
        problems.clear();
        long start = log.startLsn();
        Standing applied = store.applied();
        long records = 0;
        long compared = 0;
        try {
            records = readLog();
            store.verify();
            compared = compare(applied.lsn());
        } catch (EnvironmentCorruptedException | UncheckedIOException | NoSuchElementException e) {
            problem(e.getMessage());
        }
        return new VerifyReport(applied, start, records, compared, problems);
    }

    /** What the databases held at an LSN, in short. */
    public EnvironmentDigest digest(long lsn) {
        try (PastData data = store.past(log::read, lsn)) {
            SortedMap<String, DatabaseDigest> databases = new TreeMap<>();
            data.databaseNames().forEach(name -> databases.put(name, data.digest(name)));
            return new EnvironmentDigest(data.standing(), databases);
        }
    }

    /** Every record's checksum is looked at as it is read; here, whether it is of the mastership that it should be. */
    private long readLog() {
        long count = 0;
        long next = log.startLsn();
        while (next <= log.last().lsn()) {
            RecordBatch records;
            try {
                records = log.read(next, log.last().lsn(), PIECE_BYTES);
            } catch (NoSuchElementException e) {
                next = Math.max(next + 1, log.startLsn()); // trimmed meanwhile
                continue;
            }
            GenerationHistory history = store.history();
            for (LogRecord record : records) {
                boolean isKnown = record.lsn() <= store.applied().lsn();
                if (isKnown && history.generationAt(record.lsn()) != record.generation()) {
                    problem("record " + record.standing() + " stands where the history has generation "
                            + history.generationAt(record.lsn()));
                }
            }
            count += records.count();
            next = records.lastLsn() + 1;
        }
        return count;
    }

    private long compare(long lsn) {
        try (PastData data = store.past(log::read, lsn)) {
            return new LogAgainstData(log::read, log.startLsn(), data).compare(this::problem);
        }
    }

    private void problem(String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(what);
        }
    }
}
