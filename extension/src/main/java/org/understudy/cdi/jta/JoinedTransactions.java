package org.understudy.cdi.jta;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.Transaction;

/** Those that are committed just before the JTA transaction is, by a synchronization of it. */
final class JoinedTransactions extends EnlistedTransactions {

    private final String environment;
    private final TransactionSynchronizationRegistry registry;
    private final Consumer<HeuristicOutcome> told;

    JoinedTransactions(
            String environment, TransactionSynchronizationRegistry registry, Consumer<HeuristicOutcome> told) {
        super(environment, registry);
        this.environment = environment;
        this.registry = registry;
        this.told = told;
    }

    @Override
    boolean takesIn(int status) {
        return status == Status.STATUS_ACTIVE || status == Status.STATUS_PREPARING;
    }

    @Override
    Supplier<Transaction> enlist(Transaction transaction) {
        registry.registerInterposedSynchronization(
                new Enlistment(environment, transaction, registry, Completion.current(), told));
        return () -> transaction;
    }

    @Override
    void abandon(Transaction transaction) {
        transaction.rollback();
    }
}
