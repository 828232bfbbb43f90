package org.understudy.cdi.jta;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.Place;
import org.understudy.Transaction;
import org.understudy.TransactionClosedException;
import org.understudy.spi.SurroundingTransactions;

/** One environment's transactions within those of JTA, each a branch that the transaction manager prepares and decides. */
final class XaTransactions implements SurroundingTransactions {
    private static final String ENDED = "is over, by its time-out perhaps, or is being ended";

    private final XaBranches branches;
    private final TransactionSynchronizationRegistry registry;
    private final TransactionManager manager;
    private final Consumer<HeuristicOutcome> told;
    private final FirstCalls firstCalls = new FirstCalls();

    XaTransactions(
            XaBranches branches,
            TransactionSynchronizationRegistry registry,
            TransactionManager manager,
            Consumer<HeuristicOutcome> told) {
        this.branches = branches;
        this.registry = registry;
        this.manager = manager;
        this.told = told;
    }

    @Override
    public Optional<Transaction> current(Supplier<Transaction> begin) {
        return switch (registry.getTransactionStatus()) {
            // after the completion of one that was committed, the thread may still have it
            case Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED -> none();
            case Status.STATUS_ACTIVE -> Optional.of(joined(begin));
            case Status.STATUS_MARKED_ROLLBACK ->
                Optional.of(known().orElseThrow(() -> over("is marked for rollback, and takes nothing in any more")));
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
        return Optional.ofNullable((XaEnlistment) registry.getResource(this)).map(XaEnlistment::transaction);
    }

    private Transaction joined(Supplier<Transaction> begin) {
        return known().orElseGet(() ->
                firstCalls.inTurn(registry.getTransactionKey(), () -> known().orElseGet(() -> enlist(begin.get()))));
    }

    private Transaction enlist(Transaction transaction) {
        try {
            XaEnlistment enlistment = XaEnlistment.of(branches, transaction, Completion.current(), told);
            if (!manager.getTransaction().enlistResource(enlistment)) {
                throw over("did not take environment " + branches.name() + " in");
            }
            registry.putResource(this, enlistment);
            return enlistment.transaction();
        } catch (RollbackException | SystemException | RuntimeException e) {
            branches.abandon(transaction);
            TransactionClosedException refusal = over("takes nothing in any more: " + e.getMessage());
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    private TransactionClosedException over(String what) {
        return new TransactionClosedException(
                new Place(branches.name(), Optional.empty()),
                "The JTA transaction around this call " + what + "; call outside of it, or in another one");
    }
}
