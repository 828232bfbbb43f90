package org.understudy.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.understudy.RecordTooLargeException;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordFrame;
import org.understudy.log.RecordKind;

/**
 * A master's commits: checks them for conflicts, reads before-images, encodes records and the batch for RocksDB, all at once
 * for as many as have queued (protocol.md §3). Used by the owner of the log's tail: {@link #prepare}, append the records to
 * the log, {@link #write}, and again.
 */
public final class CommitAssembler {
    /** Records of one batch beyond this many bytes are left for the next. */
    static final long BATCH_BYTES = 4 << 20;

    /** No record is larger, whatever the group allows: it has to fit into an array. */
    static final long LARGEST_RECORD_BYTES = 1 << 30;

    private final StoreCore core;
    private final RecordBatchBuilder records = new RecordBatchBuilder();
    private final RocksBatch batch = new RocksBatch();
    private final BranchSweep sweep = new BranchSweep();
    private final Function<StoreCore, HeldKeys> restoresHeld;
    private HeldKeys held = HeldKeys.NONE;
    private ConflictCheck check = new ConflictCheck(Long.MAX_VALUE);
    private long generation = -1;
    private Optional<PreparedCommits> open = Optional.empty();

    /** {@code restoresHeld} finds what prepared branches hold when a mastership begins. */
    CommitAssembler(StoreCore core, Function<StoreCore, HeldKeys> restoresHeld) {
        this.core = core;
        this.restoresHeld = restoresHeld;
    }

    /**
     * Checks and encodes commits in the order they are to have; nothing that is read changes yet.
     *
     * @param commits at least one
     * @param masterGeneration the generation of this mastership
     * @param nextLsn the LSN after the log's last record, all of which are applied
     */
    public PreparedCommits prepare(List<? extends Commit> commits, long masterGeneration, long nextLsn) {
        if (open.isPresent()) {
            throw new IllegalStateException("Commits are prepared already; write or abandon them first");
        }
        return core.writing(() -> {
            if (nextLsn != core.stored().applied().lsn() + 1) {
                throw new IllegalStateException("LSN " + nextLsn + " does not follow the applied "
                        + core.stored().applied());
            }
            if (masterGeneration != generation) {
                held = restoresHeld.apply(core); // before its first commit, from all the log it begins with (§8.1)
                check = new ConflictCheck(nextLsn - 1);
                generation = masterGeneration;
            }
            PreparedCommits prepared = assemble(commits, new RuntimeException[commits.size()], nextLsn);
            open = Optional.of(prepared);
            return prepared;
        });
    }

    /** Writes what was prepared, once its records are in the log. */
    public void write(PreparedCommits prepared) {
        close(prepared);
        prepared.records()
                .ifPresent(records -> core.writing(() -> {
                    core.write(prepared.effects(), records.last());
                    held = prepared.held();
                    return records;
                }));
    }

    /** Forgets what was prepared, because its records are not in the log. */
    public void abandon(PreparedCommits prepared) {
        close(prepared);
    }

    boolean isPrepared() {
        return open.isPresent();
    }

    private void close(PreparedCommits prepared) {
        if (open.isEmpty() || open.get() != prepared) {
            throw new IllegalStateException("These commits are not the ones prepared last");
        }
        open = Optional.empty();
    }

    /** A commit found too large, or one commit too many, falls out, and the others are planned anew without it. */
    private PreparedCommits assemble(List<? extends Commit> commits, RuntimeException[] failures, long nextLsn) {
        Effects effects = core.effects(batch);
        Planner planner = new Planner(core, check, held, sweep, effects, generation, nextLsn);
        List<Plan> plans = new ArrayList<>(commits.size());
        for (int i = 0; i < commits.size(); i++) {
            Plan plan = new Plan();
            plans.add(plan);
            if (failures[i] == null && !isPlanned(planner, plan, commits.get(i), failures, i) && plan.records() > 0) {
                return assemble(commits, failures, nextLsn); // half of it is planned, and must not stay
            }
        }
        readMissing(planner.missing(), effects);
        long maxBytes = Math.min(core.stored().members().terms().maxRecordBytes(), LARGEST_RECORD_BYTES);
        long bytes = 0;
        for (int i = 0; i < plans.size(); i++) {
            long record = RecordFrame.HEADER_BYTES + plans.get(i).transactionBytes();
            long limit = plans.get(i).isPromised() ? LARGEST_RECORD_BYTES : maxBytes;
            if (record > limit) {
                failures[i] = new RecordTooLargeException(core.place(), record, limit);
                return assemble(commits, failures, nextLsn);
            }
            bytes += record;
            if (bytes > BATCH_BYTES && i > 0) {
                return assemble(commits.subList(0, i), failures, nextLsn);
            }
        }
        return encode(plans, effects, failures, nextLsn, planner.held());
    }

    private static boolean isPlanned(
            Planner planner, Plan plan, Commit commit, RuntimeException[] failures, int index) {
        try {
            planner.take(plan, commit);
            return true;
        } catch (RuntimeException refused) {
            failures[index] = refused;
            return false;
        }
    }

    /** One by one: RocksDB's Java call for many keys takes a corrupted block for an absent key (its issue 12741). */
    private void readMissing(List<PlannedChange> missing, Effects effects) {
        Engine engine = core.engine();
        for (PlannedChange change : missing) {
            Family family = effects.family(change.key().database());
            change.before(engine.newest(family, change.key().key()));
        }
    }

    private PreparedCommits encode(
            List<Plan> plans, Effects effects, RuntimeException[] failures, long firstLsn, HeldKeys heldAfter) {
        long needed = core.transactions().oldestNeeded();
        long[] lsns = new long[plans.size()];
        long lsn = firstLsn;
        for (int i = 0; i < lsns.length; i++) {
            Plan plan = plans.get(i);
            for (DatabaseChange change : plan.databases()) {
                records.add(generation, lsn++, RecordKind.DATABASE, change.encode());
            }
            if (plan.hasTransaction()) {
                encodeTransaction(plan, lsn++, effects, needed);
            }
            lsns[i] = plan.records() == 0 ? 0 : lsn - 1;
        }
        if (lsn == firstLsn) {
            return new PreparedCommits(Optional.empty(), effects, lsns, plans, failures, heldAfter);
        }
        RecordBatch encoded = records.build();
        check.wrote(encoded);
        return new PreparedCommits(Optional.of(encoded), effects, lsns, plans, failures, heldAfter);
    }

    private void encodeTransaction(Plan plan, long lsn, Effects effects, long needed) {
        records.begin(generation, lsn, plan.kind());
        if (plan.kind() == RecordKind.BRANCH) {
            effects.changeBranches();
        }
        var out = records.payload((int) plan.transactionBytes());
        ChangeWriter.begin(out, plan.count());
        for (byte[] change : plan.embedded()) {
            ChangeWriter.databaseChange(out, change);
        }
        for (Plan.Truncation truncation : plan.truncations()) {
            ChangeWriter.truncation(out, truncation.database(), truncation.fresh());
        }
        for (PlannedChange change : plan.changes()) {
            int database = change.key().database();
            byte[] key = change.key().key();
            ChangeWriter.change(out, database, key, change.after(), change.before());
            int family = effects.family(database).id();
            if (change.after() == null) {
                effects.batch().delete(family, key);
            } else {
                effects.batch().put(family, key, change.after());
            }
            check.wrote(change.key(), lsn, needed);
        }
        records.end();
    }
}
