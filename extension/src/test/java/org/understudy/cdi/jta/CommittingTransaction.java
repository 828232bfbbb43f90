package org.understudy.cdi.jta;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.understudy.BranchId;
import org.understudy.CommitToken;
import org.understudy.Transaction;

/** A transaction during whose commit something else happens; other ways to end it are none that an enlistment takes. */
final class CommittingTransaction implements Transaction {
    private final Supplier<CommitToken> outcome;
    Runnable meanwhile = () -> {};
    boolean isRolledBack;

    CommittingTransaction(Supplier<CommitToken> outcome) {
        this.outcome = outcome;
    }

    @Override
    public CommitToken commit() {
        meanwhile.run();
        return outcome.get();
    }

    @Override
    public CompletionStage<CommitToken> commitAsync() {
        throw new AssertionError("an enlistment returns when it knows the outcome");
    }

    @Override
    public boolean prepare(BranchId branch) {
        throw new AssertionError("what only joins a transaction is never prepared");
    }

    @Override
    public void rollback() {
        isRolledBack = true;
    }

    @Override
    public void close() {
        rollback();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
