package org.understudy.cdi.jta;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.understudy.Environment;
import org.understudy.spi.SurroundingTransactions;

/** JTA transactions of which database calls are branches, prepared and decided by the transaction manager. */
final class XaJta implements Jta {
    private final TransactionSynchronizationRegistry registry;
    private final TransactionManager manager;
    private final Map<String, XaBranches> environments = new ConcurrentHashMap<>();
    private Optional<NarayanaRecovery> recovery = Optional.empty();

    XaJta(TransactionSynchronizationRegistry registry, TransactionManager manager) {
        this.registry = registry;
        this.manager = manager;
    }

    @Override
    public Optional<SurroundingTransactions> surroundings(String environment, Consumer<HeuristicOutcome> told) {
        XaBranches branches = environments.computeIfAbsent(environment, XaBranches::new);
        return Optional.of(new XaTransactions(branches, registry, manager, told));
    }

    @Override
    public boolean wouldBegin() {
        return registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
    }

    @Override
    public void opened(Map<String, Environment> opened) {
        opened.forEach((name, environment) -> environments.get(name).opened(environment));
        recovery = NarayanaRecovery.of(environments.values());
    }

    @Override
    public void closing() {
        recovery.ifPresent(NarayanaRecovery::close);
        recovery = Optional.empty();
    }
}
