package org.understudy.site;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.CommitToken;
import org.understudy.ConflictException;
import org.understudy.Consistency;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Isolation;
import org.understudy.Place;
import org.understudy.Transaction;
import org.understudy.TransactionFunction;
import org.understudy.TransactionOptions;
import org.understudy.store.Store;
import org.understudy.store.StoreTransaction;

/** Begins the application's transactions, runs those that are given as functions, and repeats them when they conflict. */
final class Transactions {
    private final Place place;
    private final int attempts;
    private final Duration readTimeout;
    private final Store store;
    private final Site site;
    private final Commits commits;
    private final Usability usability;
    private final Consumer<EnvironmentCorruptedException> onCorruption;

    /** {@code onCorruption} is told when something read is not what was written (protocol.md §2.4). */
    Transactions(
            EnvironmentConfig config,
            Store store,
            Site site,
            Commits commits,
            Usability usability,
            Consumer<EnvironmentCorruptedException> onCorruption) {
        this.place = Place.of(config);
        this.attempts = config.conflictAttempts();
        this.readTimeout = config.readTimeout();
        this.store = store;
        this.site = site;
        this.commits = commits;
        this.usability = usability;
        this.onCorruption = onCorruption;
    }

    Commits commits() {
        return commits;
    }

    Usability usability() {
        return usability;
    }

    /** Begins one; waits, if it asks for more than the newest snapshot. */
    TransactionHandle begin(TransactionOptions options) {
        usability.check();
        return options.consistency().equals(Consistency.LOCAL)
                ? handle(onNewestSnapshot(options), options)
                : Commits.await(beginStaged(options));
    }

    /** The same without waiting. */
    private CompletionStage<TransactionHandle> beginStaged(TransactionOptions options) {
        usability.check();
        if (options.consistency().equals(Consistency.LOCAL)) {
            return CompletableFuture.completedStage(handle(onNewestSnapshot(options), options));
        }
        return site.begin(
                        options.consistency(),
                        options.readTimeout().orElse(readTimeout),
                        () -> onNewestSnapshot(options))
                .thenApply(transaction -> handle(transaction, options));
    }

    private StoreTransaction onNewestSnapshot(TransactionOptions options) {
        boolean protectsScans = options.isolation() == Isolation.SERIALIZABLE;
        return store.begin(options.readOnly(), protectsScans, options.noWait());
    }

    private TransactionHandle handle(StoreTransaction transaction, TransactionOptions options) {
        return new TransactionHandle(place, usability, commits, transaction, options);
    }

    /** The handle behind what the application passes. */
    TransactionHandle handle(Transaction transaction) {
        if (transaction instanceof TransactionHandle handle && handle.isOf(commits)) {
            return handle;
        }
        throw new IllegalArgumentException("[" + place + "] " + transaction
                + " was not begun in this environment; begin one here with Environment.begin()");
    }

    /** What an undecided transaction reads and writes with. */
    StoreTransaction open(Transaction transaction) {
        return handle(transaction).open();
    }

    /** The newest value of a key, without a transaction. */
    Optional<byte[]> get(String database, byte[] key) {
        usability.check();
        try {
            return store.get(database, key);
        } catch (EnvironmentCorruptedException e) {
            onCorruption.accept(e);
            throw e;
        }
    }

    /** Reads, and stops the site if what is read is damaged. */
    <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (EnvironmentCorruptedException e) {
            onCorruption.accept(e);
            throw e;
        }
    }

    /** Runs a read-only transaction. */
    <T> T read(TransactionFunction<T> body) {
        try (TransactionHandle transaction = begin(TransactionOptions.READ_ONLY)) {
            return body.apply(transaction);
        }
    }

    /** Runs a read-only transaction of this consistency. */
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

    /** Runs a transaction and commits it; again as long as it conflicts, but no more often than configured. */
    <T> Written<T> writing(TransactionOptions options, TransactionFunction<T> body) {
        for (int attempt = 1; ; attempt++) {
            try (TransactionHandle transaction = begin(options)) {
                T result = body.apply(transaction);
                return new Written<>(result, transaction.commit());
            } catch (ConflictException e) {
                if (attempt >= attempts) {
                    throw e;
                }
            }
        }
    }

    /** The same without waiting for the commit. */
    <T> CompletionStage<Written<T>> writingStaged(TransactionFunction<T> body) {
        return Commits.attempt(() -> writingStaged(body, 1));
    }

    private <T> CompletionStage<Written<T>> writingStaged(TransactionFunction<T> body, int attempt) {
        try (TransactionHandle transaction = begin(TransactionOptions.DEFAULT)) {
            T result = body.apply(transaction);
            CompletionStage<CommitToken> commit = transaction.commitAsync();
            return commit.handle((token, failure) -> failure == null
                            ? CompletableFuture.completedStage(new Written<>(result, token))
                            : again(body, attempt, failure))
                    .thenCompose(next -> next);
        }
    }

    private <T> CompletionStage<Written<T>> again(TransactionFunction<T> body, int attempt, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ConflictException && attempt < attempts
                ? Commits.attempt(() -> writingStaged(body, attempt + 1))
                : CompletableFuture.failedStage(cause);
    }
}
