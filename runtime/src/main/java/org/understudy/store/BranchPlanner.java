package org.understudy.store;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.understudy.BranchDecision;
import org.understudy.BranchException;
import org.understudy.BranchId;
import org.understudy.BranchState;
import org.understudy.RecordTooLargeException;
import org.understudy.Standing;
import org.understudy.log.RecordFrame;

/** Plans what becomes of branches: a promise is one record, and its decision another (protocol.md §8.1). */
final class BranchPlanner {
    /** Which number a database will have when a promise is kept is not known yet. */
    private static final int LARGEST_NUMBER = Integer.MAX_VALUE;

    private final StoreCore core;
    private final Planner planner;
    private final BranchSweep sweep;
    private HeldKeys held;

    /** {@code held} is what is held before the batch. */
    BranchPlanner(StoreCore core, Planner planner, HeldKeys held, BranchSweep sweep) {
        this.core = core;
        this.planner = planner;
        this.held = held;
        this.sweep = sweep;
    }

    /** What is held after all that is planned so far. */
    HeldKeys held() {
        return held;
    }

    /** Takes a promise, whose transaction was found to conflict with no commit. */
    void prepare(Plan plan, Preparation preparation, SentTransaction promised) {
        plan.isOfBranch();
        BranchId branch = preparation.branch();
        held.check(core.place(), promised.writes());
        held.check(core.place(), promised.reads());
        Known known = known(branch);
        if (known.state() != BranchState.UNKNOWN) {
            throw new BranchException(
                    core.place(),
                    known.state(),
                    "Branch " + branch + " can't be prepared: it is " + known.state()
                            + " already; each branch needs an id of its own");
        }
        BranchRow row = BranchRow.prepared(preparation.site(), preparation.nowMillis(), preparation.form());
        checkSize(promised, branch, row);
        planner.write(plan, planner.number(plan, BranchData.WAITING), BranchData.key(branch), row.encode());
        sweep(plan, preparation.nowMillis());
        held = held.with(branch, new HeldBranch(promised));
    }

    private void sweep(Plan plan, long nowMillis) {
        OptionalInt remembered = planner.find(BranchData.REMEMBERED);
        if (remembered.isPresent()) {
            sweep.step(core.engine(), planner.family(remembered.getAsInt())).stream()
                    .map(key -> new NumberedKey(remembered.getAsInt(), key))
                    .filter(outcome -> isOlderThan(nowMillis - BranchSweep.RETENTION_MILLIS, outcome))
                    .forEach(outcome -> planner.write(plan, outcome.database(), outcome.key(), DatabaseWrites.DELETED));
        }
    }

    /** It may be told again in the same batch. */
    private boolean isOlderThan(long millis, NumberedKey outcome) {
        return planner.newest(outcome)
                .filter(row -> BranchRow.decode(row).millis() < millis)
                .isPresent();
    }

    /** A promise whose fulfilment would not fit is not given: what it overwrites stays as it is until then. */
    private void checkSize(SentTransaction promised, BranchId branch, BranchRow row) {
        byte[] key = BranchData.key(branch);
        BranchRow decided = row.byHand(BranchState.COMMITTED_BY_HAND, Standing.ZERO); // no outcome takes more
        int count = 2;
        long bytes = bytes(key, decided.encode(), row.encode()) + bytes(key, decided.encode(), null);
        for (Map.Entry<String, DatabaseWrites> database : promised.writes().all()) {
            OptionalInt number = planner.find(database.getKey());
            boolean fresh = number.isEmpty() || database.getValue().truncates();
            if (database.getValue().truncates()) {
                count++;
                bytes += ChangeWriter.truncationBytes(LARGEST_NUMBER, LARGEST_NUMBER);
            }
            for (Map.Entry<byte[], byte[]> write : database.getValue().keys().entrySet()) {
                byte[] after = write.getValue() == DatabaseWrites.DELETED ? null : write.getValue();
                Optional<byte[]> before =
                        fresh ? Optional.empty() : planner.newest(new NumberedKey(number.getAsInt(), write.getKey()));
                count++;
                bytes += bytes(write.getKey(), after, before.orElse(null));
            }
        }
        bytes += RecordFrame.HEADER_BYTES + ChangeWriter.headerBytes(count);
        long maxBytes =
                Math.min(core.stored().members().terms().maxRecordBytes(), CommitAssembler.LARGEST_RECORD_BYTES);
        if (bytes > maxBytes) {
            throw new RecordTooLargeException(core.place(), bytes, maxBytes);
        }
    }

    private static long bytes(byte[] key, byte[] after, byte[] before) {
        return ChangeWriter.changeBytes(LARGEST_NUMBER, key, after, before);
    }

    /** Carries a decision out, confirms one that stands, or refuses it. */
    void decide(Plan plan, Decision decision) {
        plan.isOfBranch();
        BranchState outcome = outcome(decision.word());
        Known known = known(decision.branch());
        if (decision.word() == BranchDecision.FORGET) {
            forget(plan, decision, known);
        } else if (known.state() == BranchState.PREPARED) {
            settle(plan, decision, known, outcome);
        } else if (known.state() == outcome) {
            confirm(plan, decision, known);
        } else if (known.state() == BranchState.UNKNOWN && outcome == BranchState.ROLLED_BACK) {
            remember(plan, decision, outcome); // so that a promise still on its way is not taken
        } else {
            throw refused(decision, known.state());
        }
    }

    private static BranchState outcome(BranchDecision word) {
        return switch (word) {
            case COMMIT -> BranchState.COMMITTED;
            case ROLL_BACK -> BranchState.ROLLED_BACK;
            case COMMIT_BY_HAND -> BranchState.COMMITTED_BY_HAND;
            case ROLL_BACK_BY_HAND -> BranchState.ROLLED_BACK_BY_HAND;
            case FORGET -> BranchState.UNKNOWN;
        };
    }

    private static boolean isByHand(BranchState state) {
        return state == BranchState.COMMITTED_BY_HAND || state == BranchState.ROLLED_BACK_BY_HAND;
    }

    private void settle(Plan plan, Decision decision, Known known, BranchState outcome) {
        BranchRow row = known.row().orElseThrow();
        plan.keepsPromise();
        if (!isByHand(outcome)) {
            planner.number(plan, BranchData.REMEMBERED); // a new database's record stands before the transaction's
        }
        if (outcome == BranchState.COMMITTED || outcome == BranchState.COMMITTED_BY_HAND) {
            planner.planWrites(plan, row.transaction().writes(), Optional.empty());
        }
        byte[] key = BranchData.key(decision.branch());
        if (isByHand(outcome)) {
            BranchRow decided = row.byHand(outcome, planner.standing(plan));
            planner.write(plan, known.database(), key, decided.encode());
        } else {
            planner.write(plan, known.database(), key, DatabaseWrites.DELETED);
            remember(plan, decision, outcome);
        }
        held = held.without(decision.branch());
    }

    private void remember(Plan plan, Decision decision, BranchState outcome) {
        int remembered = planner.number(plan, BranchData.REMEMBERED);
        BranchRow row = BranchRow.remembered(outcome, decision.nowMillis(), planner.standing(plan));
        planner.write(plan, remembered, BranchData.key(decision.branch()), row.encode());
    }

    /** It stands already: a record of its own, so that whoever asks waits for its policy anew, and goes by what stands. */
    private void confirm(Plan plan, Decision decision, Known known) {
        BranchRow row = known.row().orElseThrow();
        boolean isKept = isByHand(row.state());
        byte[] value = (isKept ? row : row.toldAt(decision.nowMillis())).encode();
        planner.write(plan, known.database(), BranchData.key(decision.branch()), value);
        plan.wasCommitted(row.decided());
    }

    private void forget(Plan plan, Decision decision, Known known) {
        if (!isByHand(known.state())) {
            throw refused(decision, known.state());
        }
        planner.write(plan, known.database(), BranchData.key(decision.branch()), DatabaseWrites.DELETED);
    }

    private BranchException refused(Decision decision, BranchState state) {
        String why =
                switch (state) {
                    case UNKNOWN -> "it was never prepared, or is decided and no longer remembered";
                    case PREPARED -> "it is undecided; commit it or roll it back first";
                    case COMMITTED, ROLLED_BACK -> "its transaction manager has decided it: " + state;
                    default -> "an administrator has decided it: " + state + "; forget it once that is dealt with";
                };
        return new BranchException(
                core.place(), state, "Branch " + decision.branch() + " can't " + words(decision) + ": " + why);
    }

    private static String words(Decision decision) {
        return switch (decision.word()) {
            case COMMIT -> "be committed";
            case ROLL_BACK -> "be rolled back";
            case COMMIT_BY_HAND -> "be committed by hand";
            case ROLL_BACK_BY_HAND -> "be rolled back by hand";
            case FORGET -> "be forgotten";
        };
    }

    private Known known(BranchId branch) {
        byte[] key = BranchData.key(branch);
        return row(BranchData.WAITING, key)
                .or(() -> row(BranchData.REMEMBERED, key))
                .orElse(Known.NOTHING);
    }

    private Optional<Known> row(String database, byte[] key) {
        OptionalInt number = planner.find(database);
        return number.isEmpty()
                ? Optional.empty()
                : planner.newest(new NumberedKey(number.getAsInt(), key))
                        .map(value -> new Known(number.getAsInt(), Optional.of(BranchRow.decode(value))));
    }

    /** What there is of a branch, and in which database. */
    private record Known(int database, Optional<BranchRow> row) {
        static final Known NOTHING = new Known(ReadSet.NO_DATABASE, Optional.empty());

        BranchState state() {
            return row.map(BranchRow::state).orElse(BranchState.UNKNOWN);
        }
    }
}
