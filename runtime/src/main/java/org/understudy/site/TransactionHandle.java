package org.understudy.site;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.understudy.CommitToken;
import org.understudy.Place;
import org.understudy.Transaction;
import org.understudy.TransactionClosedException;
import org.understudy.TransactionOptions;
import org.understudy.store.StoreTransaction;

/** A transaction as the application holds it. */
final class TransactionHandle implements Transaction {
    /** About what a change takes in a record beside its key and value. */
    private static final int CHANGE_BYTES = 16;

    private final Place place;
    private final Usability usability;
    private final Commits commits;
    private final StoreTransaction transaction;
    private final TransactionOptions options;
    private boolean decided;
    private int bytes;

    TransactionHandle(
            Place place,
            Usability usability,
            Commits commits,
            StoreTransaction transaction,
            TransactionOptions options) {
        this.place = place;
        this.usability = usability;
        this.commits = commits;
        this.transaction = transaction;
        this.options = options;
    }

    /** What it reads and writes with, while it is undecided. */
    StoreTransaction open() {
        usability.check();
        if (decided) {
            throw new TransactionClosedException(
                    place, "The transaction was committed or rolled back already; begin another one");
        }
        return transaction;
    }

    /** Whether it was begun in this environment. */
    boolean isOf(Commits environment) {
        return commits == environment;
    }

    /** Counts what a change will take. */
    void wrote(int changeBytes) {
        bytes = (int) Math.min(Integer.MAX_VALUE, (long) bytes + changeBytes + CHANGE_BYTES);
    }

    @Override
    public CommitToken commit() {
        open();
        decided = true;
        try {
            return transaction.hasWrites() ? commits.commit(transaction, bytes, options) : readOnlyCommit();
        } finally {
            transaction.close();
        }
    }

    @Override
    public CompletionStage<CommitToken> commitAsync() {
        open();
        decided = true;
        if (!transaction.hasWrites()) {
            CommitToken token = readOnlyCommit();
            transaction.close();
            return CompletableFuture.completedStage(token);
        }
        return Commits.attempt(() -> commits.commitStaged(transaction, bytes, options))
                .whenComplete((token, failure) -> transaction.close());
    }

    /** What was read is the truth at the snapshot; a transaction that was ended meanwhile must say so all the same. */
    private CommitToken readOnlyCommit() {
        if (!transaction.isOpen()) {
            transaction.standing();
        }
        return CommitToken.NONE;
    }

    @Override
    public void rollback() {
        if (!decided) {
            decided = true;
            transaction.close();
        }
    }

    @Override
    public void close() {
        rollback();
    }

    @Override
    public boolean isReadOnly() {
        return options.readOnly();
    }

    @Override
    public boolean isOpen() {
        return !decided;
    }
}
