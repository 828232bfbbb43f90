package org.understudy.site.drive;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.understudy.EnvironmentConfig;
import org.understudy.log.file.Log;
import org.understudy.protocol.Input;
import org.understudy.store.Store;

/** Measures the log for whoever decides how much of its beginning may go, and trims it (protocol.md §3.3). On the keeper thread. */
public final class LogTrimmer {
    private final Log log;
    private final Store store;
    private final long retentionBytes;
    private final long maxBytes;
    private final long roomBytes;
    private final long absentMicros;
    private final LongSupplier pinnedLsn;
    private final LongConsumer trimmed;

    /**
     * Trims the log of this data.
     *
     * @param pinnedLsn the first LSN that a checkpoint in use needs
     * @param trimmed told the log's first LSN when that has moved
     */
    public LogTrimmer(Log log, Store store, EnvironmentConfig config, LongSupplier pinnedLsn, LongConsumer trimmed) {
        this.log = log;
        this.store = store;
        this.retentionBytes = config.logRetentionBytes();
        this.maxBytes = config.logRetentionMaxBytes();
        this.roomBytes = Math.max(maxBytes, 4 * config.segmentSizeBytes());
        this.absentMicros = config.logRetentionTime().toNanos() / 1000;
        this.pinnedLsn = pinnedLsn;
        this.trimmed = trimmed;
    }

    /** The question how much of the log may go. */
    public Input.AskTrim question() {
        return new Input.AskTrim(
                log.firstLsnWithin(retentionBytes),
                log.firstLsnWithin(maxBytes / 4 * 3),
                log.firstLsnWithin(maxBytes),
                pinnedLsn.getAsLong(),
                absentMicros);
    }

    /** The question whether there is room for commits: for two segments at least, the one that grows and one more. */
    public Input.AskRoom room() {
        return new Input.AskRoom(log.firstLsnWithin(roomBytes / 4 * 3), log.firstLsnWithin(roomBytes));
    }

    /** Whole segments below an LSN go. */
    public void trim(long keepFromLsn) {
        long start = log.startLsn();
        if (log.firstLsnTrimmed(keepFromLsn) <= start) {
            return;
        }
        // What is trimmed must not be needed after a crash either.
        long flushedLsn = store.applied().lsn();
        store.flush();
        if (log.trim(Math.min(flushedLsn + 1, keepFromLsn)) > start) {
            store.saveLogBelow(log.below());
            trimmed.accept(log.startLsn());
        }
    }
}
