package org.understudy.cdi.jta;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import java.util.function.Consumer;
import org.understudy.CommitToken;
import org.understudy.InsufficientAcksException;
import org.understudy.OutcomeUnknownException;
import org.understudy.Transaction;
import org.understudy.cdi.jta.HeuristicOutcome.JtaOutcome;

/**
 * One environment's part in one JTA transaction. It is committed before the transaction manager asks the other resources to
 * prepare: so one that certainly left no record rolls all of them back. From the moment there may be a record there is no way
 * back, and the others go on; what then ends otherwise than this part is told as a heuristic outcome.
 *
 * <p>The transaction manager's time-out may come on another thread, and while the commit is under way.
 */
final class Enlistment implements Synchronization {

    private enum State {
        /** Neither committed nor rolled back. */
        OPEN,
        COMMITTING,
        COMMITTED,
        /** There may be a record. */
        DOUBTFUL,
        /** There is no record. */
        GONE
    }

    private final String environment;
    private final Transaction transaction;
    private final TransactionSynchronizationRegistry registry;
    private final Optional<Completion> completion;
    private final Consumer<HeuristicOutcome> told;
    private State state = State.OPEN;
    private CommitToken token = CommitToken.NONE;
    private Optional<Throwable> doubt = Optional.empty();
    private Optional<JtaOutcome> others = Optional.empty();

    /** {@code completion} is the call that hears how it ended, if it is one that can. */
    Enlistment(
            String environment,
            Transaction transaction,
            TransactionSynchronizationRegistry registry,
            Optional<Completion> completion,
            Consumer<HeuristicOutcome> told) {
        this.environment = environment;
        this.transaction = transaction;
        this.registry = registry;
        this.completion = completion;
        this.told = told;
    }

    Transaction transaction() {
        return transaction;
    }

    /** Commits, and throws what keeps it from that if nothing was written. */
    @Override
    public void beforeCompletion() {
        if (registry.getRollbackOnly() || !begins()) {
            return;
        }
        try {
            ended(State.COMMITTED, transaction.commit(), Optional.empty());
        } catch (InsufficientAcksException e) {
            ended(State.DOUBTFUL, e.token(), Optional.of(e));
        } catch (OutcomeUnknownException e) {
            ended(State.DOUBTFUL, e.token(), Optional.of(e));
        } catch (RuntimeException e) {
            ended(State.GONE, CommitToken.NONE, Optional.empty());
            completion.ifPresent(call -> call.refused(e));
            throw e;
        } catch (Error e) {
            ended(State.DOUBTFUL, CommitToken.NONE, Optional.of(e));
            throw e;
        }
    }

    private synchronized boolean begins() {
        boolean open = state == State.OPEN;
        if (open) {
            state = State.COMMITTING;
        }
        return open;
    }

    private void ended(State how, CommitToken commit, Optional<Throwable> why) {
        synchronized (this) {
            state = how;
            token = commit;
            doubt = why;
        }
        heuristic().ifPresent(this::tell);
    }

    @Override
    public void afterCompletion(int status) {
        completion.ifPresent(Completion::ended);
        boolean open;
        synchronized (this) {
            others = Optional.of(outcome(status));
            open = state == State.OPEN;
            if (open) {
                state = State.GONE;
            }
        }
        if (open) {
            transaction.rollback();
        }
        heuristic().ifPresent(this::tell);
    }

    private static JtaOutcome outcome(int status) {
        return switch (status) {
            case Status.STATUS_COMMITTED -> JtaOutcome.COMMITTED;
            case Status.STATUS_ROLLEDBACK -> JtaOutcome.ROLLED_BACK;
            default -> JtaOutcome.UNKNOWN;
        };
    }

    /** What is to be told, once both ends are known: whoever learns the second finds it. */
    private synchronized Optional<HeuristicOutcome> heuristic() {
        boolean alone = state == State.COMMITTED
                && !token.isNone()
                && others.filter(JtaOutcome.ROLLED_BACK::equals).isPresent();
        return others.filter(outcome -> alone || state == State.DOUBTFUL)
                .map(outcome -> new HeuristicOutcome(
                        environment, Optional.of(token).filter(name -> !name.isNone()), outcome, doubt));
    }

    private void tell(HeuristicOutcome outcome) {
        completion.ifPresent(call -> call.add(outcome));
        told.accept(outcome);
    }
}
