package org.understudy.sample.quotes.market;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.understudy.Environment;
import org.understudy.event.BecameClient;
import org.understudy.event.BecameMaster;

/**
 * Makes the prices move, on one site of the group: this is the work that "one of us does". It begins when this site
 * becomes master and ends when it no longer is; the generation fences what is done in between.
 */
@ApplicationScoped
public class Market {

    private static final System.Logger LOG = System.getLogger(Market.class.getName());
    private static final long TRADING_PERIOD_MILLIS = 350;

    private final ScheduledExecutorService trader = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "market");
        thread.setDaemon(true);
        return thread;
    });

    private Optional<Future<?>> trading = Optional.empty();

    @Inject
    Environment environment;

    @Inject
    Quotes quotes;

    synchronized void open(@Observes BecameMaster event) {
        close();
        long generation = event.generation();
        trader.execute(() -> attempt(generation, quotes::list));
        trading = Optional.of(trader.scheduleWithFixedDelay(
                () -> attempt(generation, quotes::trade),
                TRADING_PERIOD_MILLIS,
                TRADING_PERIOD_MILLIS,
                TimeUnit.MILLISECONDS));
    }

    synchronized void close(@Observes BecameClient event) {
        close();
    }

    @PreDestroy
    synchronized void shutDown() {
        close();
        trader.shutdown();
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
