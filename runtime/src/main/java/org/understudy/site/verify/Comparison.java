package org.understudy.site.verify;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.OptionalLong;
import org.understudy.ComparisonReport;
import org.understudy.log.GenerationHistory;
import org.understudy.log.LogRecord;
import org.understudy.log.file.Log;
import org.understudy.store.PastComparison;
import org.understudy.store.PastComparison.Side;
import org.understudy.store.PastData;
import org.understudy.store.Store;

/** Compares two environments as of the last LSN that both logs hold of one mastership, and finds where the logs part. */
public final class Comparison {
    private static final int PIECE_BYTES = 1 << 20;

    private final Log oneLog;
    private final Store oneStore;
    private final Log otherLog;
    private final Store otherStore;

    /** Of two logs and the data of each. */
    public Comparison(Log oneLog, Store oneStore, Log otherLog, Store otherStore) {
        this.oneLog = oneLog;
        this.oneStore = oneStore;
        this.otherLog = otherLog;
        this.otherStore = otherStore;
    }

    /**
     * Compares them.
     *
     * @throws IllegalArgumentException when they have nothing in common, or the log of one does not reach back to it
     */
    public ComparisonReport run() {
        long oneLast = oneLog.last().lsn();
        long otherLast = otherLog.last().lsn();
        boolean isLocal = oneStore.history().equals(GenerationHistory.EMPTY)
                && otherStore.history().equals(GenerationHistory.EMPTY);
        long match = isLocal
                ? Math.min(oneLast, otherLast)
                : GenerationHistory.matchPoint(oneStore.history(), oneLast, otherStore.history(), otherLast);
        if (match == 0 && oneLast + otherLast > 0) {
            throw new IllegalArgumentException(
                    "the two environments have no record in common: they are of two groups, or"
                            + " one of them is empty");
        }
        OptionalLong part = firstDifference(match);
        if (part.isEmpty() && match < Math.min(oneLast, otherLast)) {
            part = OptionalLong.of(match + 1);
        }
        try (PastData one = oneStore.past(oneLog::read, match);
                PastData other = otherStore.past(otherLog::read, match)) {
            Side left = new Side(one, oneLog::read, oneLog.startLsn());
            Side right = new Side(other, otherLog::read, otherLog.startLsn());
            return new PastComparison(left, right).run(part);
        }
    }

    private OptionalLong firstDifference(long match) {
        Iterator<LogRecord> one = new Records(oneLog, Math.max(oneLog.startLsn(), otherLog.startLsn()), match);
        Iterator<LogRecord> other = new Records(otherLog, Math.max(oneLog.startLsn(), otherLog.startLsn()), match);
        while (one.hasNext()) {
            LogRecord here = one.next();
            LogRecord there = other.next();
            boolean same = here.standing().equals(there.standing())
                    && here.kind() == there.kind()
                    && Arrays.equals(here.payloadBytes(), there.payloadBytes());
            if (!same) {
                return OptionalLong.of(here.lsn());
            }
        }
        return OptionalLong.empty();
    }

    /** The records of a log from one LSN to another. */
    private static final class Records implements Iterator<LogRecord> {
        private final Log log;
        private final long toLsn;
        private long nextLsn;
        private Iterator<LogRecord> piece = Collections.emptyIterator();

        Records(Log log, long fromLsn, long toLsn) {
            this.log = log;
            this.nextLsn = fromLsn;
            this.toLsn = toLsn;
        }

        @Override
        public boolean hasNext() {
            return nextLsn <= toLsn;
        }

        @Override
        public LogRecord next() {
            if (!piece.hasNext()) {
                piece = log.read(nextLsn, toLsn, PIECE_BYTES).iterator();
            }
            nextLsn++;
            return piece.next();
        }
    }
}
