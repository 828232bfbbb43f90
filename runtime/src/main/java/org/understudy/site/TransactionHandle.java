package org.understudy.site;

import java.util.concurrent.CompletionStage;
import org.understudy.BranchId;
import org.understudy.CommitToken;
import org.understudy.backend.BackendTransaction;

/** A transaction that whoever began it decides. */
final class TransactionHandle implements Handle {
    private final Transactions transactions;
    private final BackendTransaction transaction;
    private final boolean readOnly;
    private boolean decided;

    TransactionHandle(Transactions transactions, BackendTransaction transaction, boolean readOnly) {
        this.transactions = transactions;
        this.transaction = transaction;
        this.readOnly = readOnly;
    }

    @Override
    public BackendTransaction open() {
        if (decided) {
            throw closed();
        }
        return transaction;
    }

    /** What its calls fail with once it is decided. */
    RuntimeException closed() {
        return transactions.closed();
    }

    @Override
    public boolean isOf(Transactions environment) {
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
    public boolean prepare(BranchId branch) {
        open();
        decided = true;
        try {
            return transaction.prepare(branch);
        } finally {
            transaction.close();
        }
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
