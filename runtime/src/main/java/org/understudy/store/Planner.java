package org.understudy.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.understudy.ConflictException;
import org.understudy.Standing;
import org.understudy.log.ForwardId;
import org.understudy.log.ForwardSession;

/** Plans the records of one batch of commits, in the order they come: conflict check, numbers of databases, LSNs. */
final class Planner {
    private final StoreCore core;
    private final ConflictCheck check;
    private final Effects effects;
    private final long generation;
    private final BranchPlanner branches;
    private final Map<NumberedKey, PlannedChange> pending = new HashMap<>();
    private final List<PlannedChange> missing = new ArrayList<>();
    private long nextLsn;

    /** {@code held} is what prepared branches hold before the batch. */
    Planner(
            StoreCore core,
            ConflictCheck check,
            HeldKeys held,
            BranchSweep sweep,
            Effects effects,
            long generation,
            long nextLsn) {
        this.core = core;
        this.check = check;
        this.branches = new BranchPlanner(core, this, held, sweep);
        this.effects = effects;
        this.generation = generation;
        this.nextLsn = nextLsn;
    }

    /**
     * Plans one commit.
     *
     * @throws ConflictException when it can't be committed any more
     * @throws IllegalArgumentException when it asks for what can't be
     */
    void take(Plan plan, Commit commit) {
        plan(plan, commit);
        nextLsn += plan.records();
    }

    private void plan(Plan plan, Commit commit) {
        if (commit instanceof BlindWrite write) {
            held().check(core.place(), write.writes());
            planWrites(plan, write.writes(), Optional.empty());
        } else if (commit instanceof StoreTransaction transaction) {
            held().check(core.place(), transaction.writes());
            checkConflict(transaction);
            planWrites(plan, transaction.writes(), Optional.of(transaction.reads()));
        } else if (commit instanceof DatabaseCommand command) {
            planCommand(command).ifPresent(change -> change(plan, change));
        } else if (commit instanceof SentTransaction sent) {
            held().check(core.place(), sent.writes());
            checkConflict(sent.snapshot(), sent.reads());
            planWrites(plan, sent.writes(), Optional.empty());
        } else if (commit instanceof ForwardedCommit forwarded) {
            planForwarded(plan, forwarded);
        } else if (commit instanceof SessionOpening opening) {
            planOpening(plan, opening);
        } else if (commit instanceof Preparation preparation) {
            SentTransaction promised = CommitForm.transaction(preparation.form());
            checkConflict(promised.snapshot(), promised.reads());
            branches.prepare(plan, preparation, promised);
        } else if (commit instanceof Decision decision) {
            branches.decide(plan, decision);
        }
    }

    /** What prepared branches hold after all that is planned so far. */
    HeldKeys held() {
        return branches.held();
    }

    /** Once for each id, whatever was planned before in the same batch included (protocol.md §9). */
    private void planForwarded(Plan plan, ForwardedCommit forwarded) {
        ForwardId id = forwarded.id();
        OptionalInt number = find(ForwardSessions.DATABASE);
        byte[] key = ForwardSessions.key(id.session());
        Optional<byte[]> row = number.isEmpty() ? Optional.empty() : newest(new NumberedKey(number.getAsInt(), key));
        if (row.isEmpty()) {
            throw new UnknownForwardException(id, false);
        }
        ForwardSession session = ForwardSession.decode(row.get());
        if (!session.allows(id.number())) {
            throw new UnknownForwardException(id, true);
        }
        Optional<Standing> earlier = session.commitOf(id.number());
        if (earlier.isPresent()) {
            plan.wasCommitted(earlier.get());
            put(plan, number.getAsInt(), key, session.touched(forwarded.nowMillis()));
            return;
        }
        if (forwarded.commit() instanceof DatabaseCommand command) {
            planCommand(command).ifPresent(change -> {
                effects.change(change, nextLsn);
                plan.embed(change);
            });
        } else {
            plan(plan, forwarded.commit());
        }
        Standing commit = standing(plan);
        put(
                plan,
                number.getAsInt(),
                key,
                session.with(id.number(), commit, forwarded.lowestOpen(), forwarded.nowMillis()));
    }

    private void planOpening(Plan plan, SessionOpening opening) {
        OptionalInt number = find(ForwardSessions.DATABASE);
        if (number.isPresent()) {
            Family family = family(number.getAsInt());
            ForwardSessions.idle(core.engine(), family, opening.endsBeforeMillis(), SessionOpening.MOST_ENDED).stream()
                    .map(key -> new NumberedKey(number.getAsInt(), key))
                    .filter(session -> isIdle(session, opening))
                    .forEach(session -> write(plan, session.database(), session.key(), DatabaseWrites.DELETED));
        }
        int database = number(plan, ForwardSessions.DATABASE);
        put(plan, database, ForwardSessions.key(opening.session()), ForwardSession.opened(opening.nowMillis()));
    }

    /** It may be used in the same batch. */
    private boolean isIdle(NumberedKey session, SessionOpening opening) {
        return newest(session)
                .filter(row -> ForwardSession.decode(row).lastUsedMillis() < opening.endsBeforeMillis())
                .isPresent();
    }

    private void put(Plan plan, int database, byte[] key, ForwardSession session) {
        write(plan, database, key, session.encode());
    }

    /** Where the transaction's own record will stand, once all databases that it needs are there. */
    Standing standing(Plan plan) {
        return new Standing(generation, nextLsn + plan.databases().size());
    }

    /** One change of the library's own. */
    void write(Plan plan, int database, byte[] key, byte[] value) {
        PlannedChange change = new PlannedChange(new NumberedKey(database, key), value);
        findBefore(change, false, Optional.empty());
        plan.add(change);
    }

    /** A value after all that is planned so far. */
    Optional<byte[]> newest(NumberedKey key) {
        PlannedChange planned = pending.get(key);
        return Optional.ofNullable(
                planned == null ? core.engine().newest(effects.family(key.database()), key.key()) : planned.after());
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
            checkConflict(transaction.view().standing(), reads);
        } finally {
            transaction.vacate();
        }
    }

    private void checkConflict(Standing snapshot, ReadSet reads) {
        if (reads.isEmpty()) {
            return;
        }
        check.conflict(snapshot, reads, core.stored(), effects.table(), pending).ifPresent(reason -> {
            throw new ConflictException(core.place(), "The transaction conflicts: " + reason + "; run it again");
        });
    }

    /** Writes that are known to be in nobody's way. */
    void planWrites(Plan plan, WriteSet writes, Optional<ReadSet> reads) {
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

    private Optional<DatabaseChange> planCommand(DatabaseCommand command) {
        DatabaseTable table = effects.table();
        OptionalInt number = table.number(command.name());
        held().check(core.place(), command.name());
        if (command.kind() == DatabaseCommand.Kind.REMOVE) {
            return number.isPresent()
                    ? Optional.of(new DatabaseChange.Remove(command.name(), number.getAsInt()))
                    : Optional.empty();
        }
        if (number.isEmpty()) {
            throw new IllegalArgumentException("There is no database " + command.name() + " to rename");
        }
        held().check(core.place(), command.newName());
        if (table.number(command.newName()).isPresent()) {
            throw new IllegalArgumentException("Database " + command.name() + " can't be renamed to "
                    + command.newName() + ": there is one of that name; remove it first, or choose another name");
        }
        return Optional.of(new DatabaseChange.Rename(command.name(), command.newName()));
    }

    /** The number of a database, if it is there. */
    OptionalInt find(String name) {
        return effects.table().number(name);
    }

    /** The number of a database, which is made unless it is there. */
    int number(Plan plan, String name) {
        if (find(name).isEmpty()) {
            create(plan, name);
        }
        return find(name).orElseThrow();
    }

    /** The family of a database's number. */
    Family family(int number) {
        return effects.family(number);
    }

    private void create(Plan plan, String name) {
        change(plan, new DatabaseChange.Create(name, effects.table().nextNumber()));
    }

    private void change(Plan plan, DatabaseChange change) {
        effects.change(change, nextLsn + plan.databases().size());
        plan.add(change);
    }
}
