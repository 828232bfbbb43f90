package org.understudy.cdi.jta;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.Transaction;

/** Those that are branches of the JTA transaction, which the transaction manager prepares and decides. */
final class XaTransactions extends EnlistedTransactions {
    private final XaBranches branches;
    private final TransactionManager manager;
    private final Consumer<HeuristicOutcome> told;

    XaTransactions(
            XaBranches branches,
            TransactionSynchronizationRegistry registry,
            TransactionManager manager,
            Consumer<HeuristicOutcome> told) {
        super(branches.name(), registry);
        this.branches = branches;
        this.manager = manager;
        this.told = told;
    }

    @Override
    boolean takesIn(int status) {
        return status == Status.STATUS_ACTIVE;
    }

    @Override
    Supplier<Transaction> enlist(Transaction transaction) throws RollbackException, SystemException {
        XaEnlistment enlistment = XaEnlistment.of(branches, transaction, Completion.current(), told);
        if (!manager.getTransaction().enlistResource(enlistment)) {
            throw over("did not take environment " + branches.name() + " in");
        }
        return enlistment::transaction;
    }

    @Override
    void abandon(Transaction transaction) {
        branches.abandon(transaction);
    }
}
