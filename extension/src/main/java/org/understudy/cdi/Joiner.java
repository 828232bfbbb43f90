package org.understudy.cdi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.understudy.Environment;
import org.understudy.EnvironmentClosedException;
import org.understudy.Place;
import org.understudy.ReplicationException;

/**
 * Has an environment take its place in its group, trying again for as long as that may help: a site that the group
 * refuses, or has removed, stays out until someone sees to it.
 */
final class Joiner {

    private static final Logger LOG = System.getLogger(Joiner.class.getName());
    static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Environment environment;
    private final Place place;
    private final Duration firstPause;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile Optional<String> failure = Optional.empty();

    /**
     * A joiner that has yet to be started.
     *
     * @param firstPause how long it waits after the first failure; twice as long after each, up to the longest
     */
    Joiner(Environment environment, Duration firstPause) {
        this.environment = environment;
        this.firstPause = firstPause;
        this.place = Place.of(environment.config());
        this.thread = new Thread(null, this::run, "understudy-join-" + environment.name(), 0, false);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends it, and an attempt under way with it; waits a while for its thread, which would see the application go. */
    void stop() {
        stopped.countDown();
        thread.interrupt();
        try {
            thread.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why the last attempt failed; empty before the first, and once one has not failed. */
    Optional<String> failure() {
        return failure;
    }

    /** Whether no attempt follows: the site has joined, is refused, or the application stops. */
    boolean isDone() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    private void run() {
        Duration pause = firstPause;
        try {
            while (!isStopped(Duration.ZERO) && !attempt() && !isStopped(pause)) {
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "USTDY-0841 [{0}] joining is given up: the application stops", place);
        }
    }

    private boolean isStopped(Duration within) throws InterruptedException {
        return stopped.await(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether that was the last attempt. */
    private boolean attempt() throws InterruptedException {
        try {
            environment.startAsync().toCompletableFuture().get();
            failure = Optional.empty();
            LOG.log(Level.INFO, "USTDY-0842 [{0}] member of the group, and up to date", place);
            return true;
        } catch (ExecutionException | CancellationException e) {
            return isFinal(e instanceof ExecutionException ? e.getCause() : e);
        }
    }

    private boolean isFinal(Throwable reason) {
        if (reason instanceof EnvironmentClosedException) {
            return true;
        }
        boolean known = reason instanceof ReplicationException;
        boolean refused = known && !((ReplicationException) reason).isRetriable();
        failure = Optional.of(String.valueOf(reason.getMessage()));
        if (refused) {
            LOG.log(Level.ERROR, "USTDY-0843 [" + place + "] not a member of the group, and not tried again", reason);
        } else {
            String message = "USTDY-0844 [" + place + "] not a member of the group yet; tried again: ";
            LOG.log(Level.WARNING, message + reason.getMessage(), known ? null : reason);
        }
        return refused;
    }
}
