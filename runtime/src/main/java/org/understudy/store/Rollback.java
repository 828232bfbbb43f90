package org.understudy.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.understudy.ReplicationPanicException;
import org.understudy.Standing;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordKind;

/** Takes a log's last records back out of the data (protocol.md §5); the log is cut by its owner, afterwards. */
final class Rollback {
    private static final int CHUNK_BYTES = 4 << 20;

    private final StoreCore core;
    private final RecordReader log;
    private final Standing matchPoint;
    private final long lastLsn;
    private final List<Standing> transactions = new ArrayList<>();
    private Standing first = Standing.ZERO;
    private Standing last = Standing.ZERO;

    Rollback(StoreCore core, RecordReader log, Standing matchPoint, long lastLsn) {
        this.core = core;
        this.log = log;
        this.matchPoint = matchPoint;
        this.lastLsn = lastLsn;
    }

    /** Keeps the records and takes back those that were applied; only while writing and locked out. */
    Undone run() {
        refuseBelowPermanent();
        Stored stored = core.stored();
        Effects effects = core.effects();
        Undo undo = new Undo(effects, stored);
        keep(undo);
        if (stored.applied().lsn() > matchPoint.lsn()) {
            core.transactions().end(transaction -> transaction.isAbove(matchPoint.lsn()), Ending.LOST);
            undo.finish(matchPoint);
            core.write(effects, matchPoint);
            core.flush(true);
            core.pendingCut(Optional.of(matchPoint));
            core.engine().dropAllBut(core.stored().catalog().table()::holds);
            core.closeDropped();
        }
        core.rolledBack().settle();
        return new Undone(first, last, transactions);
    }

    private void refuseBelowPermanent() {
        long permanentLsn = core.lazy().permanentLsn();
        if (matchPoint.lsn() < permanentLsn) {
            throw new ReplicationPanicException(
                    core.place(),
                    "Records behind " + matchPoint + " are to be rolled back, but everything up to LSN " + permanentLsn
                            + " is permanent; this site stops: compare its log with the master's before it goes on");
        }
    }

    /** Writes the records to a file of their own, forced, before anything is taken back. */
    private void keep(Undo undo) {
        Stored stored = core.stored();
        RolledBackFile.Header header = new RolledBackFile.Header(
                stored.members().groupId(),
                matchPoint,
                stored.applied().lsn(),
                stored.catalog().table());
        Standing end = log.read(lastLsn, lastLsn, CHUNK_BYTES).last();
        try (RolledBackFile file = core.rolledBack().begin(header, end)) {
            for (long next = matchPoint.lsn() + 1; next <= lastLsn; next = last.lsn() + 1) {
                RecordBatch records = log.read(next, lastLsn, CHUNK_BYTES);
                file.append(records);
                undo.take(records);
                note(records);
            }
        }
    }

    private void note(RecordBatch records) {
        for (LogRecord record : records) {
            if (first.lsn() == 0) {
                first = record.standing();
            }
            if (isCommit(record)) {
                transactions.add(record.standing());
            }
        }
        last = records.last();
    }

    /** Whether somebody has a token of it: a database begins by the commit behind it. */
    private static boolean isCommit(LogRecord record) {
        return record.kind().hasChanges()
                || record.kind() == RecordKind.DATABASE
                        && !(DatabaseChange.decode(record.payload()) instanceof DatabaseChange.Create);
    }
}
