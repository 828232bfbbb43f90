package org.understudy.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.understudy.Outcome;
import org.understudy.Standing;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Input;
import org.understudy.protocol.ReadGoal;

/** Those who read at one site, and ask what has become of commits: they take snapshots when the protocol says so. */
final class Readers {
    private static final long TIMEOUT_MICROS = 5_000_000;
    private static final long LOOK_MICROS = 500;
    private static final double SLOW = 0.3;
    private static final long SLOW_MICROS = 400_000;
    private static final long TELL_MICROS = 3_000;

    private final SiteProcess process;
    private final Map<Long, ReadOperation> reads = new HashMap<>();
    private final Map<Long, Long> attempts = new HashMap<>();
    private final Map<Long, Consumer<Outcome>> questions = new HashMap<>();
    private long lastRequest;

    Readers(SiteProcess process) {
        this.process = process;
    }

    /** Begins a read. */
    ReadOperation read(ReadGoal goal) {
        ReadOperation read = new ReadOperation(goal, process.site().name(), now());
        reads.put(++lastRequest, read);
        process.take(new Input.BeginRead(lastRequest, goal, TIMEOUT_MICROS));
        return read;
    }

    /** Asks what has become of a commit. */
    void ask(Standing commit, long timeoutMicros, Consumer<Outcome> then) {
        questions.put(++lastRequest, then);
        process.take(new Input.AskOutcome(lastRequest, commit, timeoutMicros));
    }

    void handle(Effect.ForReader effect) {
        if (effect instanceof Effect.TakeSnapshot take) {
            attempts.put(take.request(), take.attempt());
            lookFor(take);
        } else if (effect instanceof Effect.ReadConfirmed confirmed) {
            ReadOperation read = reads.remove(confirmed.request());
            read.answered(now());
            process.observer().read(process.site(), read);
        } else if (effect instanceof Effect.ReadFailed failed) {
            ReadOperation read = reads.remove(failed.request());
            read.failed(failed.why(), now());
            process.observer().read(process.site(), read);
        } else if (effect instanceof Effect.OutcomeTold told) {
            questions.remove(told.request()).accept(told.outcome());
        }
    }

    private void lookFor(Effect.TakeSnapshot take) {
        process.after(process.site().dice().until(LOOK_MICROS), () -> {
            if (!isHeld(take)) {
                return;
            }
            if (process.disk().store().live().applied.lsn() < take.appliedLsn()) {
                lookFor(take);
            } else {
                process.after(pause(), () -> show(take));
            }
        });
    }

    /** Between the look and the snapshot everything may change, and again before the protocol hears of it. */
    private void show(Effect.TakeSnapshot take) {
        if (!isHeld(take)) {
            return;
        }
        Standing standing = process.disk().store().live().applied;
        long valuesHash = process.disk().store().valuesHash();
        process.after(process.site().dice().until(TELL_MICROS), () -> {
            if (isHeld(take)) {
                reads.get(take.request()).took(new ReadOperation.Snapshot(standing, valuesHash, now()));
            }
            process.take(new Input.SnapshotTaken(take.request(), take.attempt(), standing));
        });
    }

    /** Whether the read waits for this very snapshot: one that was asked for later takes its place, but its telling may be under way. */
    private boolean isHeld(Effect.TakeSnapshot take) {
        return reads.containsKey(take.request()) && attempts.get(take.request()).equals(take.attempt());
    }

    /** A thread may be kept waiting between any two steps. */
    private long pause() {
        Dice dice = process.site().dice();
        return dice.until(dice.chance(SLOW) ? SLOW_MICROS : LOOK_MICROS);
    }

    private long now() {
        return process.site().world().agenda().now();
    }
}
