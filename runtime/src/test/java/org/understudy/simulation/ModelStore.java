package org.understudy.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.understudy.CommitToken;
import org.understudy.Standing;
import org.understudy.log.ForwardSession;
import org.understudy.log.LogRecord;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordKind;
import org.understudy.log.file.Log;

/**
 * Stands for the store: values folded from records, in memory; what was flushed survives a crash, the rest is folded again
 * from the log.
 */
final class ModelStore {
    private static final int READ_BYTES = 16 << 10;

    private DataImage live;
    private DataImage flushed;
    private long valuesHash;

    /** Opens what the last life of the site left behind. */
    ModelStore(DataImage flushed) {
        this.flushed = flushed;
        this.live = flushed.copy();
        this.valuesHash = live.valuesHash();
    }

    /** What survives the end of the process. */
    DataImage flushed() {
        return flushed;
    }

    /** What readers see now; not to be changed. */
    DataImage live() {
        return live;
    }

    MemberTable members() {
        return live.members;
    }

    /** The sum over the values, kept up with each change. */
    long valuesHash() {
        return valuesHash;
    }

    /** Applies the effects of records in LSN order; those applied before are skipped. */
    void apply(RecordBatch batch) {
        for (LogRecord record : batch) {
            if (record.lsn() > live.applied.lsn()) {
                apply(record);
            }
        }
    }

    private void apply(LogRecord record) {
        if (record.kind().hasChanges()) {
            Changes changes = Changes.read(record);
            for (int i = 0; i < changes.keys().length; i++) {
                put(changes.keys()[i], changes.after()[i]);
            }
            changes.sessions().forEach(change -> put(change.session(), change.after(), change.before()));
        } else if (record.kind() == RecordKind.MEMBERSHIP) {
            live.members = MembershipChange.decode(record.payload()).after();
        }
        live.history = live.history.after(record);
        live.applied = record.standing();
    }

    private void put(int key, long value) {
        valuesHash += DataImage.hash(key, value) - DataImage.hash(key, live.values[key]);
        live.values[key] = value;
    }

    private void put(UUID session, Optional<ForwardSession> next, Optional<ForwardSession> old) {
        valuesHash += SessionChange.hash(session, next) - SessionChange.hash(session, old);
        next.ifPresentOrElse(state -> live.sessions.put(session, state), () -> live.sessions.remove(session));
    }

    /** Folds in what the log holds beyond the data, as a start does. */
    void replay(Log log) {
        while (live.applied.lsn() < log.last().lsn()) {
            apply(log.read(live.applied.lsn() + 1, log.last().lsn(), READ_BYTES));
        }
    }

    /** Makes the data survive as it is now; the log has been forced before (protocol.md §2.1). */
    void flush() {
        flushed = live.copy();
    }

    /** Keeps the permanent LSN, with the next flush. */
    void permanent(long lsn) {
        live.permanentLsn = Math.max(live.permanentLsn, Math.min(lsn, live.applied.lsn()));
    }

    /** Undoes records above a standing from their before-images, and flushes; tells which commits are gone, oldest first. */
    List<CommitToken> undo(Log log, Standing matchPoint) {
        List<CommitToken> undone = new ArrayList<>();
        Optional<Standing> firstUndone = live.applied.lsn() > matchPoint.lsn()
                ? Optional.of(live.history.standingAt(matchPoint.lsn() + 1))
                : Optional.empty();
        for (long lsn = live.applied.lsn(); lsn > matchPoint.lsn(); lsn--) {
            undo(log.read(lsn, lsn, READ_BYTES).iterator().next(), undone);
        }
        live.applied = matchPoint;
        live.history = live.history.upTo(matchPoint.lsn());
        live.pendingCut = firstUndone;
        flush();
        Collections.reverse(undone);
        return undone;
    }

    private void undo(LogRecord record, List<CommitToken> undone) {
        if (record.kind().hasChanges()) {
            Changes changes = Changes.read(record);
            for (int i = changes.keys().length - 1; i >= 0; i--) {
                put(changes.keys()[i], changes.before()[i]);
            }
            changes.sessions().forEach(change -> put(change.session(), change.before(), change.after()));
            undone.add(new CommitToken(live.members.groupId(), record.generation(), record.lsn()));
        } else if (record.kind() == RecordKind.MEMBERSHIP) {
            live.members = MembershipChange.decode(record.payload()).before();
        }
    }

    /** Puts a checkpoint in the place of everything. */
    void install(DataImage checkpoint) {
        live = checkpoint.copy();
        live.pendingReset = Optional.of(checkpoint.applied);
        valuesHash = live.valuesHash();
        flush();
    }

    /** Log and data agree: nothing is left to do for a rollback or a checkpoint, and that survives. */
    void settled() {
        for (DataImage image : new DataImage[] {live, flushed}) {
            image.pendingCut = Optional.empty();
            image.pendingReset = Optional.empty();
        }
    }
}
