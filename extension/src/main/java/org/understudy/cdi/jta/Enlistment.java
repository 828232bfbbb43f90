package org.understudy.cdi.jta;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;
import org.understudy.CommitToken;
import org.understudy.InsufficientAcksException;
import org.understudy.OutcomeUnknownException;
import org.understudy.ReplicationException;
import org.understudy.Transaction;
import org.understudy.cdi.jta.HeuristicOutcome.JtaOutcome;

/**
 * One environment's part in one JTA transaction. It is committed before the transaction manager asks the other resources to
 * prepare, and as the last of those who have something to do before that: so whatever refuses there rolls it back, and one
 * that certainly left no record rolls all of them back. From the moment there may be a record there is no way
 * back, and the others go on; what then ends otherwise than this part is told as a heuristic outcome.
 *
 * <p>The transaction manager's time-out may come on another thread, and while the commit is under way.
 */
final class Enlistment implements Synchronization {

    private static final Logger LOG = System.getLogger(Enlistment.class.getName());

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

    /** Lets those that registered later go first, as JPA does, which writes only now: it may still refuse, or call us. */
    @Override
    public void beforeCompletion() {
        if (registry.getRollbackOnly()) {
            return;
        }
        try {
            registry.registerInterposedSynchronization(new Last());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "USTDY-0856 nothing can be put behind what is registered already", e);
            commit();
        }
    }

    /** Commits, and throws what keeps it from that if nothing was written. */
    private void commit() {
        if (registry.getRollbackOnly() || !begins()) {
            return;
        }
        CommitToken commit;
        try {
            commit = transaction.commit();
        } catch (InsufficientAcksException e) {
            ended(State.DOUBTFUL, e.token(), Optional.of(e));
            return;
        } catch (OutcomeUnknownException e) {
            ended(State.DOUBTFUL, e.token(), Optional.of(e));
            return;
        } catch (ReplicationException e) {
            ended(State.GONE, CommitToken.NONE, Optional.empty());
            completion.ifPresent(call -> call.refused(e));
            throw e;
        } catch (RuntimeException | Error e) { // nobody knows how far it came
            ended(State.DOUBTFUL, CommitToken.NONE, Optional.of(e));
            throw e;
        }
        ended(State.COMMITTED, commit, Optional.empty());
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
            if (open && status == Status.STATUS_COMMITTED) {
                state = State.DOUBTFUL;
                doubt = Optional.of(
                        new IllegalStateException(
                                "the transaction manager has committed and never asked this part to: nothing was written here"));
            } else if (open) {
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
        boolean written = state == State.COMMITTED && !token.isNone();
        return others.filter(outcome -> state == State.DOUBTFUL || written && outcome != JtaOutcome.COMMITTED)
                .map(outcome -> new HeuristicOutcome(
                        environment, Optional.of(token).filter(name -> !name.isNone()), outcome, doubt));
    }

    private void tell(HeuristicOutcome outcome) {
        completion.ifPresent(call -> call.add(outcome));
        told.accept(outcome);
    }

    /** What is called when all others have been. */
    private final class Last implements Synchronization {

        @Override
        public void beforeCompletion() {
            commit();
        }

        @Override
        public void afterCompletion(int status) {
            // The one that was registered first hears of it.
        }
    }
}
