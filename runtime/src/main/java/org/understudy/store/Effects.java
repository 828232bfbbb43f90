package org.understudy.store;

import java.util.List;
import org.understudy.Standing;
import org.understudy.log.GenerationHistory;
import org.understudy.log.LogRecord;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordFrame;
import org.understudy.log.RecordKind;

/** What some records do to the data, gathered to be written as one: their changes, and what the store keeps about itself. */
final class Effects {
    private final Engine engine;
    private final RocksBatch batch;
    private final Stored before;
    private final Holding holding;
    private DatabaseTable table;
    private GenerationHistory history;
    private MemberTable members;
    private boolean changesBranches;

    Effects(Engine engine, RocksBatch batch, Stored before, Holding holding) {
        this.holding = holding;
        this.engine = engine;
        this.batch = batch;
        this.before = before;
        this.table = before.catalog().table();
        this.history = before.history();
        this.members = before.members();
        batch.clear();
    }

    RocksBatch batch() {
        return batch;
    }

    DatabaseTable table() {
        return table;
    }

    boolean changesDatabases() {
        return table != before.catalog().table();
    }

    boolean changesBranches() {
        return changesBranches;
    }

    /** What becomes of a branch is among them. */
    void changeBranches() {
        changesBranches = true;
    }

    /** Gathers the effects of a batch's records from one LSN on. */
    void take(RecordBatch records, long fromLsn, ChangeReader changes) {
        int at = records.arrayOffset();
        for (LogRecord record : records) {
            if (record.lsn() >= fromLsn) {
                changesBranches |= record.kind() == RecordKind.BRANCH;
                if (record.kind().hasChanges()) {
                    takeTransaction(
                            changes.reset(
                                    records.array(),
                                    at + RecordFrame.HEADER_BYTES,
                                    record.frameBytes() - RecordFrame.HEADER_BYTES),
                            record.lsn());
                } else {
                    takeOther(record);
                }
            }
            at += record.frameBytes();
        }
    }

    private void takeTransaction(ChangeReader changes, long lsn) {
        while (changes.next()) {
            if (changes.isTruncation()) {
                truncate(changes.database(), changes.freshDatabase(), lsn);
            } else if (changes.isDatabaseChange()) {
                change(changes.databaseChange(), lsn);
            } else if (!table.leavesOut(changes.database())) {
                changes.redo(batch, family(changes.database()).id());
            }
        }
    }

    private void takeOther(LogRecord record) {
        history = history.after(record);
        if (record.kind() == RecordKind.MEMBERSHIP) {
            members = MembershipChange.decode(record.payload()).after();
        } else if (record.kind() == RecordKind.DATABASE) {
            change(DatabaseChange.decode(record.payload()), record.lsn());
        }
    }

    /** Changes which databases there are; a new one gets its column family at once, where it is held. */
    void change(DatabaseChange change, long lsn) {
        table = table.after(change, lsn);
        if (change instanceof DatabaseChange.Create create) {
            if (holding.accepts(create.name())) {
                engine.create(create.number());
            } else {
                table = table.leavingOut(List.of(create.number()));
            }
        }
    }

    /** Puts a fresh database in the place of another. */
    void truncate(int number, int fresh, long lsn) {
        table = table.afterTruncation(number, fresh, lsn);
        if (table.holds(fresh)) {
            engine.create(fresh);
        }
    }

    /** Sets everything back to an earlier moment. */
    void restore(DatabaseTable earlierTable, GenerationHistory earlierHistory, MemberTable earlierMembers) {
        table = earlierTable;
        history = earlierHistory;
        members = earlierMembers;
        changesBranches = true;
    }

    /** The family that a change names by its database's number. */
    Family family(int number) {
        Family family = engine.family(number);
        if (family == null) {
            throw engine.inconsistent("a record changes database number " + number + ", which is not there");
        }
        return family;
    }

    /** Adds what the store keeps about itself; what is written then makes the store what is returned. */
    Stored finish(Standing applied) {
        batch.put(Meta.FAMILY, Meta.APPLIED, Meta.encode(applied));
        if (history != before.history()) {
            batch.put(Meta.FAMILY, Meta.HISTORY, Meta.encode(history));
        }
        if (members != before.members()) {
            batch.put(Meta.FAMILY, Meta.MEMBERS, Meta.encode(members));
        }
        Catalog catalog = before.catalog();
        if (changesDatabases()) {
            batch.put(Meta.FAMILY, Meta.DATABASES, table.encode());
            catalog = new Catalog(table, holding, engine::family);
        }
        return new Stored(applied, history, members, catalog);
    }
}
