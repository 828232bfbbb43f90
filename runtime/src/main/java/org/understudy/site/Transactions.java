package org.understudy.site;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.understudy.CommitToken;
import org.understudy.ConflictException;
import org.understudy.Consistency;
import org.understudy.EnvironmentConfig;
import org.understudy.Place;
import org.understudy.Transaction;
import org.understudy.TransactionClosedException;
import org.understudy.TransactionFunction;
import org.understudy.TransactionOptions;
import org.understudy.backend.Backend;
import org.understudy.backend.BackendTransaction;
import org.understudy.backend.Write;
import org.understudy.thread.Stage;

/** Begins the application's transactions, runs those that are given as functions, and repeats them when they conflict. */
final class Transactions {
    /** So many times it is run at once: most conflicts are over by then. */
    private static final int AT_ONCE = 3;

    private static final int LONGEST_PAUSE_MILLIS = 32;

    private final Place place;
    private final int attempts;
    private final Consistency unlessNamed;
    private final Supplier<Backend> backend;
    private final Surroundings surroundings;

    /** {@code backend} tells what serves them now; a transaction stays with the one that began it. */
    Transactions(EnvironmentConfig config, Supplier<Backend> backend) {
        this.place = Place.of(config);
        this.attempts = config.conflictAttempts();
        this.unlessNamed = config.consistency();
        this.backend = backend;
        this.surroundings = new Surroundings(config, this, backend);
    }

    /** What calls fail with in a transaction that is decided. */
    TransactionClosedException closed() {
        return new TransactionClosedException(
                place, "The transaction was committed or rolled back already; begin another one");
    }

    /** Commits a write of its own; in a surrounding transaction it has no token yet. */
    CommitToken commit(Write write) {
        return surroundings.write(write) ? CommitToken.NONE : backend.get().commit(write);
    }

    /** The same without waiting. */
    CompletionStage<CommitToken> commitStaged(Write write) {
        return Commits.attempt(() -> surroundings.write(write)
                ? Stage.completed(CommitToken.NONE)
                : backend.get().commitStaged(write));
    }

    /** Begins one; waits, if it asks for more than the newest snapshot. */
    TransactionHandle begin(TransactionOptions options) {
        return handle(backend.get().begin(options), options);
    }

    /** The same without waiting. */
    CompletionStage<TransactionHandle> beginStaged(TransactionOptions options) {
        return backend.get().beginStaged(options).thenApply(transaction -> handle(transaction, options));
    }

    private TransactionHandle handle(BackendTransaction transaction, TransactionOptions options) {
        return new TransactionHandle(this, transaction, options.readOnly());
    }

    /** The handle behind what the application passes. */
    Handle handle(Transaction transaction) {
        if (transaction instanceof Handle handle && handle.isOf(this)) {
            return handle;
        }
        throw new IllegalArgumentException("[" + place + "] " + transaction
                + " was not begun in this environment; begin one here with Environment.begin()");
    }

    /** What an undecided transaction reads and writes with. */
    BackendTransaction open(Transaction transaction) {
        return handle(transaction).open();
    }

    /** Runs a read-only transaction of the configured consistency, or joins the surrounding one. */
    <T> T read(TransactionFunction<T> body) {
        Optional<JoinedHandle> joined = surroundings.forReading();
        return joined.isPresent() ? body.apply(joined.get()) : read(unlessNamed, body);
    }

    /** The value of a key in a snapshot of the configured consistency, or in the surrounding transaction. */
    Optional<byte[]> get(String database, byte[] key) {
        Optional<TransactionHandle> surrounding = surroundings.current();
        if (surrounding.isPresent()) {
            return surrounding.get().open().get(database, key);
        }
        return unlessNamed.equals(Consistency.LOCAL)
                ? backend.get().get(database, key)
                : read(transaction -> open(transaction).get(database, key));
    }

    /** Runs a read-only transaction of this consistency; it stands for itself, whatever surrounds it. */
    <T> T read(Consistency consistency, TransactionFunction<T> body) {
        try (TransactionHandle transaction = begin(TransactionOptions.READ_ONLY.withConsistency(consistency))) {
            return body.apply(transaction);
        }
    }

    /** The same without waiting; the body runs on a thread of its own. */
    <T> CompletionStage<T> readAsync(Consistency consistency, TransactionFunction<T> body) {
        return Commits.attempt(() -> beginStaged(TransactionOptions.READ_ONLY.withConsistency(consistency))
                .thenApplyAsync(transaction -> {
                    try (transaction) {
                        return body.apply(transaction);
                    }
                }));
    }

    /**
     * Runs a transaction and commits it; again as long as it conflicts, but no more often than configured. In a surrounding
     * transaction it runs once, and is committed with that.
     */
    <T> Written<T> writing(TransactionOptions options, TransactionFunction<T> body) {
        Optional<JoinedHandle> joined = surroundings.forWriting(options);
        if (joined.isPresent()) {
            return new Written<>(body.apply(joined.get()), CommitToken.NONE);
        }
        for (int attempt = 1; ; attempt++) {
            try (TransactionHandle transaction = begin(options)) {
                T result = body.apply(transaction);
                return new Written<>(result, transaction.commit());
            } catch (ConflictException e) {
                if (attempt >= attempts) {
                    throw e;
                }
                await(pause(attempt));
            }
        }
    }

    /** The same without waiting for the commit. */
    <T> CompletionStage<Written<T>> writingStaged(TransactionFunction<T> body) {
        return writingStaged(TransactionOptions.DEFAULT, body);
    }

    /** The same with options. */
    <T> CompletionStage<Written<T>> writingStaged(TransactionOptions options, TransactionFunction<T> body) {
        return Commits.attempt(() -> surroundings
                .forWriting(options)
                .map(joined -> Stage.completed(new Written<>(body.apply(joined), CommitToken.NONE)))
                .orElseGet(() -> writingStaged(options, body, 1)));
    }

    private <T> CompletionStage<Written<T>> writingStaged(
            TransactionOptions options, TransactionFunction<T> body, int attempt) {
        return options.consistency().equals(Consistency.LOCAL)
                ? writing(begin(options), options, body, attempt)
                : beginStaged(options).thenComposeAsync(begun -> writing(begun, options, body, attempt));
    }

    private <T> CompletionStage<Written<T>> writing(
            TransactionHandle begun, TransactionOptions options, TransactionFunction<T> body, int attempt) {
        try (TransactionHandle transaction = begun) {
            T result = body.apply(transaction);
            CompletionStage<CommitToken> commit = transaction.commitAsync();
            return commit.handle((token, failure) -> failure == null
                            ? Stage.completed(new Written<>(result, token))
                            : again(options, body, attempt, failure))
                    .thenCompose(next -> next);
        }
    }

    private <T> CompletionStage<Written<T>> again(
            TransactionOptions options, TransactionFunction<T> body, int attempt, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof ConflictException) || attempt >= attempts) {
            return Stage.failed(cause);
        }
        Duration pause = pause(attempt);
        return pause.isZero()
                ? Commits.attempt(() -> writingStaged(options, body, attempt + 1))
                : Stage.after(pause).thenCompose(nothing -> writingStaged(options, body, attempt + 1));
    }

    /** An interrupt ends it, and is kept: the commit does not mind one either. */
    private void await(Duration pause) {
        long endNanos = System.nanoTime() + pause.toNanos();
        long leftNanos = pause.toNanos();
        while (leftNanos > 0 && !Thread.currentThread().isInterrupted()) {
            // It returns at once where a commit has ended before it was waited for.
            LockSupport.parkNanos(this, leftNanos);
            leftNanos = endNanos - System.nanoTime();
        }
    }

    /**
     * How long a transaction that has run so often waits before it runs again. Where it is forwarded, what it conflicts with
     * may be on its way here still, and nothing else would help; and those that conflict must not go on in step.
     */
    private static Duration pause(int runs) {
        if (runs < AT_ONCE) {
            return Duration.ZERO;
        }
        int millis = Math.min(runs, LONGEST_PAUSE_MILLIS);
        return Duration.ofMillis(ThreadLocalRandom.current().nextInt(millis / 2, millis) + 1L);
    }
}
