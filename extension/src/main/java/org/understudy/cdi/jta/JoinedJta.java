package org.understudy.cdi.jta;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import java.util.function.Consumer;
import org.understudy.spi.SurroundingTransactions;

/** JTA transactions that database calls join. */
final class JoinedJta implements Jta {

    private final TransactionSynchronizationRegistry registry;

    JoinedJta(TransactionSynchronizationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Optional<SurroundingTransactions> surroundings(String environment, Consumer<HeuristicOutcome> told) {
        return Optional.of(new JoinedTransactions(environment, registry, told));
    }

    @Override
    public boolean wouldBegin() {
        return registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
    }
}
