package org.understudy.site;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.CommitRolledBackException;
import org.understudy.CommitToken;
import org.understudy.CommitUnknownException;
import org.understudy.Consistency;
import org.understudy.ConsistencyTimeoutException;
import org.understudy.Outcome;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.log.Ballot;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Input;
import org.understudy.protocol.ReadFailure;
import org.understudy.protocol.ReadGoal;
import org.understudy.store.Store;
import org.understudy.store.StoreTransaction;
import org.understudy.thread.Stage;

/** Reads that ask for more than the newest snapshot: takes their snapshots, and has the replica judge them (protocol.md §7). */
final class SnapshotRequests {
    /** What is in the log is applied in no time, unless it is undone meanwhile. */
    private static final Duration APPLYING = Duration.ofSeconds(1);

    private final Place place;
    private final Store store;
    private final Supplier<UUID> group;
    private final Consumer<Input> replica;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, SnapshotRequest> reads = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Outcome>> questions = new ConcurrentHashMap<>();

    private volatile RuntimeException over;

    /** {@code replica} takes inputs on any thread. */
    SnapshotRequests(Place place, Store store, Supplier<UUID> group, Consumer<Input> replica) {
        this.place = place;
        this.store = store;
        this.group = group;
        this.replica = replica;
    }

    /** Begins a transaction on a snapshot of this consistency. */
    CompletionStage<StoreTransaction> begin(
            Consistency consistency, Duration timeout, Supplier<StoreTransaction> begin) {
        Optional<ReadGoal> goal = goal(consistency);
        if (goal.isEmpty()) {
            return Stage.completed(begin.get());
        }
        Optional<StoreTransaction> atOnce = atOnce(goal.get(), begin);
        if (atOnce.isPresent()) {
            return Stage.completed(atOnce.get());
        }
        long number = numbers.incrementAndGet();
        SnapshotRequest request = new SnapshotRequest(consistency, timeout, begin);
        reads.put(number, request);
        failIfOver();
        replica.accept(new Input.BeginRead(number, goal.get(), micros(timeout)));
        return request.stage();
    }

    private Optional<ReadGoal> goal(Consistency consistency) {
        if (consistency instanceof Consistency.Permanent) {
            return Optional.of(new ReadGoal.Permanent());
        } else if (consistency instanceof Consistency.Latest) {
            return Optional.of(new ReadGoal.Latest());
        } else if (consistency instanceof Consistency.Within within) {
            return Optional.of(new ReadGoal.Within(micros(within.age())));
        } else if (consistency instanceof Consistency.AtLeast atLeast) {
            return Optional.of(new ReadGoal.AtLeast(standing(known(atLeast.token()))));
        }
        return Optional.empty();
    }

    /** The newest snapshot, where a look at it is enough. */
    private Optional<StoreTransaction> atOnce(ReadGoal goal, Supplier<StoreTransaction> begin) {
        boolean mayBe = goal instanceof ReadGoal.Permanent || goal instanceof ReadGoal.AtLeast;
        if (!mayBe) {
            return Optional.empty();
        }
        long permanentBefore =
                store.permanentLsn(); // what is permanent before the snapshot is taken is not undone in it
        StoreTransaction transaction = begin.get();
        Standing shown = transaction.standing();
        boolean good = goal instanceof ReadGoal.AtLeast atLeast
                ? shown.generation() == atLeast.commit().generation()
                        && shown.lsn() >= atLeast.commit().lsn()
                : shown.lsn() <= permanentBefore;
        if (!good) {
            transaction.close();
        }
        return good ? Optional.of(transaction) : Optional.empty();
    }

    /** What has become of a commit; applied means visible here by then. */
    CompletionStage<Outcome> outcome(CommitToken token, Duration timeout) {
        Standing commit = standing(token);
        long number = numbers.incrementAndGet();
        CompletableFuture<Outcome> answer = new Stage<>();
        questions.put(number, answer);
        failIfOver();
        replica.accept(new Input.AskOutcome(number, commit, micros(timeout)));
        return answer.thenCompose(outcome -> outcome == Outcome.ROLLED_BACK || outcome == Outcome.UNKNOWN
                ? Stage.completed(outcome)
                : store.whenApplied(commit.lsn())
                        .completeOnTimeout(null, APPLYING.toMillis(), TimeUnit.MILLISECONDS)
                        .thenApply(done -> outcome));
    }

    /** The commit of a forwarded write, which must be here. */
    private CommitToken known(CommitToken token) {
        if (!token.isForwarded()) {
            return token;
        }
        return store.forwardSession(token.group())
                .flatMap(session -> session.commitOf(token.lsn()))
                .map(commit -> new CommitToken(group.get(), commit.generation(), commit.lsn()))
                .orElseThrow(() -> new CommitUnknownException(place, token));
    }

    private Standing standing(CommitToken token) {
        UUID mine = group.get();
        if (!mine.equals(Ballot.NO_ID) && !mine.equals(token.group())) {
            throw new IllegalArgumentException("[" + place + "] token " + token + " names a commit of group "
                    + token.group() + "; this site belongs to group " + mine);
        }
        return new Standing(token.generation(), token.lsn());
    }

    /** The replica's word to those who read. On the loop. */
    void handle(Effect.ForReader effect) {
        if (effect instanceof Effect.TakeSnapshot take) {
            take(take);
        } else if (effect instanceof Effect.ReadConfirmed confirmed) {
            Optional.ofNullable(reads.remove(confirmed.request())).ifPresent(SnapshotRequest::succeed);
        } else if (effect instanceof Effect.ReadFailed failed) {
            Optional.ofNullable(reads.remove(failed.request()))
                    .ifPresent(request -> request.fail(exception(request, failed)));
        } else if (effect instanceof Effect.OutcomeTold told) {
            Optional.ofNullable(questions.remove(told.request()))
                    .ifPresent(answer -> answer.completeAsync(told::outcome));
        }
    }

    private void take(Effect.TakeSnapshot effect) {
        SnapshotRequest request = reads.get(effect.request());
        if (request == null) {
            return;
        }
        request.waitFor(effect.attempt(), store.whenApplied(effect.appliedLsn()), standing -> {
            if (standing.isPresent()) {
                replica.accept(new Input.SnapshotTaken(effect.request(), effect.attempt(), standing.get()));
            } else {
                reads.remove(effect.request());
            }
        });
    }

    private RuntimeException exception(SnapshotRequest request, Effect.ReadFailed failed) {
        Consistency consistency = request.consistency();
        if (consistency instanceof Consistency.AtLeast atLeast && failed.why() != ReadFailure.LATE) {
            return failed.why() == ReadFailure.ROLLED_BACK
                    ? new CommitRolledBackException(place, atLeast.token())
                    : new CommitUnknownException(place, atLeast.token());
        }
        return new ConsistencyTimeoutException(place, consistency, request.timeout(), failed.obstacle());
    }

    /** Nobody will answer any more. */
    void failAll(RuntimeException why) {
        over = why;
        reads.values().forEach(request -> request.fail(why));
        reads.clear();
        questions.values().forEach(answer -> answer.completeExceptionally(why));
        questions.clear();
    }

    private void failIfOver() {
        RuntimeException why = over;
        if (why != null) {
            failAll(why);
        }
    }

    private static long micros(Duration duration) {
        return Math.min(duration.toMillis(), Duration.ofDays(365).toMillis()) * 1000
                + duration.toNanosPart() % 1_000_000 / 1000;
    }
}
