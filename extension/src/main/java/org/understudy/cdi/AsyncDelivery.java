package org.understudy.cdi;

import jakarta.enterprise.event.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.understudy.event.ReplicationEvent;

/**
 * Brings an environment's events to asynchronous observers: on the container's threads, but still in order, the next
 * event when all have dealt with the last one. Nobody else waits for them.
 */
final class AsyncDelivery implements AutoCloseable {

    /** How many events may wait for asynchronous observers before they miss some. */
    static final int MAX_WAITING = 10_000;

    private static final long CLOSE_SECONDS = 5;
    private static final Logger LOG = System.getLogger(AsyncDelivery.class.getName());

    private final String environment;
    private final Event<Object> event;
    private final Executor context;
    private final AtomicInteger waiting = new AtomicInteger();
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    AsyncDelivery(String environment, Event<Object> event, Executor context) {
        this.environment = environment;
        this.event = event;
        this.context = context;
    }

    synchronized void deliver(ReplicationEvent payload) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            LOG.log(
                    Level.ERROR,
                    "USTDY-0832 [{0}] asynchronous observers miss {1}: {2} events wait for one that does not end",
                    environment,
                    payload,
                    MAX_WAITING);
            return;
        }
        last = last.thenComposeAsync(none -> event.fireAsync(payload), context).handle((fired, failure) -> {
            waiting.decrementAndGet();
            if (failure != null) {
                LOG.log(Level.ERROR, "USTDY-0833 [" + environment + "] an observer failed on " + payload, failure);
            }
            return null;
        });
    }

    /** Waits a while for observers that are still at it: afterwards their beans are gone. */
    @Override
    public void close() {
        CompletionStage<Void> end;
        synchronized (this) {
            end = last;
        }
        try {
            end.toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(
                    Level.WARNING,
                    "USTDY-0834 [" + environment + "] asynchronous observers are still busy, and are not waited for",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
