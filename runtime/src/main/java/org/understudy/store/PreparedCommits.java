package org.understudy.store;

import java.util.List;
import java.util.Optional;
import org.understudy.Standing;
import org.understudy.log.RecordBatch;

/** Commits that are checked and encoded: to be appended to the log, then written. */
public final class PreparedCommits {
    private final Optional<RecordBatch> records;
    private final Effects effects;
    private final long[] lsns;
    private final List<Plan> plans;
    private final RuntimeException[] failures;
    private final HeldKeys held;

    PreparedCommits(
            Optional<RecordBatch> records,
            Effects effects,
            long[] lsns,
            List<Plan> plans,
            RuntimeException[] failures,
            HeldKeys held) {
        this.records = records;
        this.effects = effects;
        this.lsns = lsns;
        this.plans = plans;
        this.failures = failures;
        this.held = held;
    }

    /** The records they make; empty when all failed or wrote nothing. */
    public Optional<RecordBatch> records() {
        return records;
    }

    /** How many of the commits handed in are dealt with, the first ones: the others are to be handed in again. */
    public int count() {
        return lsns.length;
    }

    /** The LSN of a commit; 0 when it failed or wrote nothing. */
    public long lsn(int commit) {
        return lsns[commit];
    }

    /** Where a forwarded write was committed before, if it was: this time it changed nothing, and goes by that (§9). */
    public Optional<Standing> earlier(int commit) {
        return plans.get(commit).earlier();
    }

    /** Why a commit failed; nothing of it is in the records then. */
    public Optional<RuntimeException> failure(int commit) {
        return Optional.ofNullable(failures[commit]);
    }

    /** What prepared branches hold after them. */
    HeldKeys held() {
        return held;
    }

    Effects effects() {
        return effects;
    }
}
