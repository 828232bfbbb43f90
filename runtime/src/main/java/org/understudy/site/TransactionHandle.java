package org.understudy.site;

import java.util.concurrent.CompletionStage;
import org.understudy.CommitToken;
import org.understudy.Transaction;
import org.understudy.TransactionClosedException;
import org.understudy.backend.BackendTransaction;

/** A transaction as the application holds it. */
final class TransactionHandle implements Transaction {
    private final Transactions transactions;
    private final BackendTransaction transaction;
    private final boolean readOnly;
    private boolean decided;

    TransactionHandle(Transactions transactions, BackendTransaction transaction, boolean readOnly) {
        this.transactions = transactions;
        this.transaction = transaction;
        this.readOnly = readOnly;
    }

    /** What it reads and writes with, while it is undecided. */
    BackendTransaction open() {
        if (decided) {
            throw new TransactionClosedException(
                    transactions.place(), "The transaction was committed or rolled back already; begin another one");
        }
        return transaction;
    }

    /** Whether it was begun in this environment. */
    boolean isOf(Transactions environment) {
        return transactions == environment;
    }

    @Override
    public CommitToken commit() {
        open();
        decided = true;
        try {
            return transaction.commit();
        } finally {
            transaction.close();
        }
    }

    @Override
    public CompletionStage<CommitToken> commitAsync() {
        open();
        decided = true;
        return Commits.attempt(transaction::commitStaged).whenComplete((token, failure) -> transaction.close());
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
        return readOnly;
    }

    @Override
    public boolean isOpen() {
        return !decided;
    }
}
