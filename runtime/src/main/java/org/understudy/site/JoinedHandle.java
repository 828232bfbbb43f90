package org.understudy.site;

import java.util.concurrent.CompletionStage;
import org.understudy.BranchId;
import org.understudy.CommitToken;
import org.understudy.backend.BackendTransaction;

/** A surrounding transaction as a function of the application gets it, which takes part in it and does not decide it. */
final class JoinedHandle implements Handle {
    private final TransactionHandle surrounding;
    private final boolean readOnly;

    JoinedHandle(TransactionHandle surrounding, boolean readOnly) {
        this.surrounding = surrounding;
        this.readOnly = readOnly;
    }

    @Override
    public BackendTransaction open() {
        BackendTransaction transaction = surrounding.open();
        return readOnly ? new SharedTransaction(transaction, surrounding::closed, JoinedHandle::refuse) : transaction;
    }

    private static void refuse() {
        throw new IllegalStateException(
                "The function reads only; use Environment.write to write in the surrounding transaction");
    }

    @Override
    public boolean isOf(Transactions environment) {
        return surrounding.isOf(environment);
    }

    @Override
    public CommitToken commit() {
        throw notOurs();
    }

    @Override
    public CompletionStage<CommitToken> commitAsync() {
        throw notOurs();
    }

    @Override
    public boolean prepare(BranchId branch) {
        throw notOurs();
    }

    @Override
    public void rollback() {
        throw notOurs();
    }

    @Override
    public void close() {
        throw notOurs();
    }

    private static IllegalStateException notOurs() {
        return new IllegalStateException(
                "The surrounding transaction is decided by whoever began it: throw an exception, or"
                        + " mark that one for rollback; Environment.begin() begins one that is independent of it");
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public boolean isOpen() {
        return surrounding.isOpen();
    }
}
