package org.understudy.cdi.jta;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.Place;
import org.understudy.Transaction;
import org.understudy.TransactionClosedException;
import org.understudy.spi.SurroundingTransactions;

/** One environment's transactions within those of JTA, each begun by the first call and kept with the JTA transaction. */
final class JoinedTransactions implements SurroundingTransactions {

    private static final String ENDED = "is over, by its time-out perhaps, or is being ended";

    /** Some transaction managers would take it in without a word, and never say how it ended. */
    private static final String MARKED = "is marked for rollback, and takes nothing in any more";

    private final String environment;
    private final TransactionSynchronizationRegistry registry;
    private final Consumer<HeuristicOutcome> told;
    private final FirstCalls firstCalls = new FirstCalls();

    JoinedTransactions(
            String environment, TransactionSynchronizationRegistry registry, Consumer<HeuristicOutcome> told) {
        this.environment = environment;
        this.registry = registry;
        this.told = told;
    }

    @Override
    public Optional<Transaction> current(Supplier<Transaction> begin) {
        return switch (registry.getTransactionStatus()) {
            // after the completion of one that was committed, the thread may still have it
            case Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED -> none();
            case Status.STATUS_ACTIVE, Status.STATUS_PREPARING -> Optional.of(joined(begin));
            case Status.STATUS_MARKED_ROLLBACK -> Optional.of(known().orElseThrow(() -> over(MARKED)));
            default -> throw over(ENDED);
        };
    }

    private Optional<Transaction> none() {
        if (Completion.current().filter(Completion::isCutOff).isPresent()) {
            throw over(ENDED);
        }
        return Optional.empty();
    }

    private Optional<Transaction> known() {
        return Optional.ofNullable((Enlistment) registry.getResource(this)).map(Enlistment::transaction);
    }

    private Transaction joined(Supplier<Transaction> begin) {
        return known().orElseGet(() ->
                firstCalls.inTurn(registry.getTransactionKey(), () -> known().orElseGet(() -> enlist(begin.get()))));
    }

    private Transaction enlist(Transaction transaction) {
        try {
            Enlistment enlistment = new Enlistment(environment, transaction, registry, Completion.current(), told);
            registry.registerInterposedSynchronization(enlistment);
            registry.putResource(this, enlistment);
            return transaction;
        } catch (RuntimeException e) {
            transaction.rollback();
            TransactionClosedException refusal = over("takes nothing in any more: " + e.getMessage());
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    private TransactionClosedException over(String what) {
        return new TransactionClosedException(
                new Place(environment, Optional.empty()),
                "The JTA transaction around this call " + what + "; call outside of it, or in another one");
    }
}
