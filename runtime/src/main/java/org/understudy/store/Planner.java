package org.understudy.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.understudy.ConflictException;
import org.understudy.Standing;

/** Plans the records of one batch of commits, in the order they come: conflict check, numbers of databases, LSNs. */
final class Planner {
    private final StoreCore core;
    private final ConflictCheck check;
    private final Effects effects;
    private final Map<NumberedKey, PlannedChange> pending = new HashMap<>();
    private final List<PlannedChange> missing = new ArrayList<>();
    private long nextLsn;

    Planner(StoreCore core, ConflictCheck check, Effects effects, long nextLsn) {
        this.core = core;
        this.check = check;
        this.effects = effects;
        this.nextLsn = nextLsn;
    }

    /**
     * Plans one commit.
     *
     * @throws ConflictException when it can't be committed any more
     * @throws IllegalArgumentException when it asks for what can't be
     */
    Plan plan(Commit commit) {
        Plan plan = new Plan();
        if (commit instanceof BlindWrite write) {
            planWrites(plan, write.writes(), Optional.empty());
        } else if (commit instanceof StoreTransaction transaction) {
            checkConflict(transaction);
            planWrites(plan, transaction.writes(), Optional.of(transaction.reads()));
        } else if (commit instanceof DatabaseCommand command) {
            planCommand(plan, command);
        }
        nextLsn += plan.records();
        return plan;
    }

    /** The planned changes whose before-images have to be read. */
    List<PlannedChange> missing() {
        return missing;
    }

    private void checkConflict(StoreTransaction transaction) {
        ReadSet reads = transaction.reads();
        if (reads.isEmpty()) {
            return;
        }
        if (!transaction.occupy()) {
            throw new IllegalStateException(
                    "The transaction is being used while it is committed; give each thread a transaction of its own");
        }
        try {
            transaction.checkOpen();
            Standing snapshot = transaction.view().standing();
            check.conflict(snapshot, reads, core.stored(), effects.table(), pending)
                    .ifPresent(reason -> {
                        throw new ConflictException(
                                core.place(), "The transaction conflicts: " + reason + "; run it again");
                    });
        } finally {
            transaction.vacate();
        }
    }

    private void planWrites(Plan plan, WriteSet writes, Optional<ReadSet> reads) {
        for (Map.Entry<String, DatabaseWrites> entry : writes.all()) {
            if (effects.table().number(entry.getKey()).isEmpty()
                    && !entry.getValue().keys().isEmpty()) {
                create(plan, entry.getKey());
            }
        }
        long lsn = nextLsn + plan.databases().size();
        for (Map.Entry<String, DatabaseWrites> entry : writes.all()) {
            OptionalInt number = effects.table().number(entry.getKey());
            if (number.isPresent()) {
                planWrites(plan, number.getAsInt(), entry.getValue(), reads, lsn);
            }
        }
    }

    private void planWrites(Plan plan, int number, DatabaseWrites writes, Optional<ReadSet> reads, long lsn) {
        int target = number;
        if (writes.truncates()) {
            target = effects.table().nextNumber();
            effects.truncate(number, target, lsn);
            plan.add(new Plan.Truncation(number, target));
        }
        for (Map.Entry<byte[], byte[]> entry : writes.keys().entrySet()) {
            PlannedChange change = new PlannedChange(new NumberedKey(target, entry.getKey()), entry.getValue());
            findBefore(change, writes.truncates(), reads);
            plan.add(change);
        }
    }

    /** The before-image is the value after all earlier records, those of the same batch included (protocol.md §2.1). */
    private void findBefore(PlannedChange change, boolean inFreshDatabase, Optional<ReadSet> reads) {
        PlannedChange earlier = pending.put(change.key(), change);
        if (earlier != null) {
            change.follows(earlier);
        } else if (inFreshDatabase) {
            change.before(null);
        } else if (reads.isPresent() && reads.get().knows(change.key())) {
            change.before(reads.get().value(change.key()));
        } else {
            missing.add(change);
        }
    }

    private void planCommand(Plan plan, DatabaseCommand command) {
        DatabaseTable table = effects.table();
        OptionalInt number = table.number(command.name());
        if (command.kind() == DatabaseCommand.Kind.REMOVE) {
            if (number.isPresent()) {
                change(plan, new DatabaseChange.Remove(command.name(), number.getAsInt()));
            }
            return;
        }
        if (number.isEmpty()) {
            throw new IllegalArgumentException("There is no database " + command.name() + " to rename");
        }
        if (table.number(command.newName()).isPresent()) {
            throw new IllegalArgumentException("Database " + command.name() + " can't be renamed to "
                    + command.newName() + ": there is one of that name; remove it first, or choose another name");
        }
        change(plan, new DatabaseChange.Rename(command.name(), command.newName()));
    }

    private void create(Plan plan, String name) {
        change(plan, new DatabaseChange.Create(name, effects.table().nextNumber()));
    }

    private void change(Plan plan, DatabaseChange change) {
        effects.change(change, nextLsn + plan.databases().size());
        plan.add(change);
    }
}
