package org.understudy.cdi.jta;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import org.understudy.Place;
import org.understudy.Transaction;
import org.understudy.TransactionClosedException;
import org.understudy.spi.SurroundingTransactions;

/** One environment's transactions within those of JTA, each begun by the first call and kept with the JTA transaction. */
abstract class EnlistedTransactions implements SurroundingTransactions {

    private static final String ENDED = "is over, by its time-out perhaps, or is being ended";

    /** Some transaction managers would take it in without a word, and never say how it ended. */
    private static final String MARKED = "is marked for rollback, and takes nothing in any more";

    private final String environment;
    private final TransactionSynchronizationRegistry registry;
    private final FirstCalls firstCalls = new FirstCalls();

    EnlistedTransactions(String environment, TransactionSynchronizationRegistry registry) {
        this.environment = environment;
        this.registry = registry;
    }

    /** Whether a JTA transaction of that status still takes in what is new. */
    abstract boolean takesIn(int status);

    /** Has the JTA transaction of this thread take one in, and tells what its calls read and write with from now on. */
    abstract Supplier<Transaction> enlist(Transaction transaction) throws RollbackException, SystemException;

    /** Rolls back one that was not taken in. */
    abstract void abandon(Transaction transaction);

    @Override
    public final Optional<Transaction> current(Supplier<Transaction> begin) {
        int status = registry.getTransactionStatus();
        if (takesIn(status)) {
            return Optional.of(joined(begin));
        }
        return switch (status) {
            // after the completion of one that was committed, the thread may still have it
            case Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED -> none();
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
        return Optional.ofNullable((Known) registry.getResource(this))
                .map(known -> known.transaction().get());
    }

    /** What is kept with a JTA transaction. */
    private record Known(Supplier<Transaction> transaction) {}

    private Transaction joined(Supplier<Transaction> begin) {
        return known().orElseGet(() ->
                firstCalls.inTurn(registry.getTransactionKey(), () -> known().orElseGet(() -> join(begin.get()))));
    }

    private Transaction join(Transaction transaction) {
        try {
            Known known = new Known(enlist(transaction));
            registry.putResource(this, known);
            return known.transaction().get();
        } catch (RollbackException | SystemException | RuntimeException e) {
            abandon(transaction);
            TransactionClosedException refusal = over("takes nothing in any more: " + e.getMessage());
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    /** Refuses a call for what the JTA transaction around it is. */
    final TransactionClosedException over(String what) {
        return new TransactionClosedException(
                new Place(environment, Optional.empty()),
                "The JTA transaction around this call " + what + "; call outside of it, or in another one");
    }
}
