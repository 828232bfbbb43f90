package org.understudy.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.understudy.cdi.jta.HeuristicOutcome;

/**
 * Brings heuristic outcomes of JTA transactions to the log and to asynchronous observers: the thread that ends a transaction
 * still has it, and could begin no other one in an observer.
 */
final class OutcomeDelivery implements Consumer<HeuristicOutcome> {

    private static final Logger LOG = System.getLogger(OutcomeDelivery.class.getName());

    private final String environment;
    private final BeanManager beanManager;
    private final Executor context;

    OutcomeDelivery(String environment, BeanManager beanManager, Executor context) {
        this.environment = environment;
        this.beanManager = beanManager;
        this.context = context;
    }

    /** Never throws: whoever tells of it is the transaction manager, which has more to do. */
    @Override
    public void accept(HeuristicOutcome outcome) {
        LOG.log(Level.WARNING, "USTDY-0854 [{0}] a JTA transaction ended heuristically; {1}", environment, outcome);
        try {
            context.execute(() -> beanManager
                    .getEvent()
                    .select(EnvironmentName.Literal.of(environment))
                    .fireAsync(outcome)
                    .whenComplete(this::heard));
        } catch (RuntimeException e) { // the container stops
            heard(outcome, e);
        }
    }

    private void heard(Object outcome, Throwable failure) {
        if (failure != null) {
            LOG.log(Level.ERROR, "USTDY-0855 [" + environment + "] an observer of a heuristic outcome failed", failure);
        }
    }
}
