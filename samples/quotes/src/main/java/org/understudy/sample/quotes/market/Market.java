package org.understudy.sample.quotes.market;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Future;
import org.understudy.Environment;
import org.understudy.event.BecameClient;
import org.understudy.event.BecameMaster;
import org.understudy.sample.common.Chores;

/**
 * Makes the prices move, on one site of the group: this is the work that "one of us does". It begins when this site
 * becomes master and ends when it no longer is; the generation fences what is done in between.
 */
@ApplicationScoped
public class Market {

    private static final System.Logger LOG = System.getLogger(Market.class.getName());
    private static final long TRADING_PERIOD_MILLIS = 350;

    private Optional<Future<?>> trading = Optional.empty();

    @Inject
    Chores chores;

    @Inject
    Environment environment;

    @Inject
    Quotes quotes;

    synchronized void open(@Observes BecameMaster event) {
        close();
        long generation = event.generation();
        chores.in(0, () -> attempt(generation, quotes::list));
        trading = Optional.of(chores.every(TRADING_PERIOD_MILLIS, () -> attempt(generation, quotes::trade)));
    }

    synchronized void close(@Observes BecameClient event) {
        close();
    }

    private void close() {
        trading.ifPresent(future -> future.cancel(false));
        trading = Optional.empty();
    }

    /** A round that fails is lost, and the next is tried: commits wait for a majority, and mastership may just be going. */
    private void attempt(long generation, Runnable round) {
        try {
            environment.requireMaster(generation);
            round.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "No trade in generation " + generation + ": " + e.getMessage());
        }
    }
}
