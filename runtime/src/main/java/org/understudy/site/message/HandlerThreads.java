package org.understudy.site.message;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.understudy.Place;
import org.understudy.thread.LibraryThread;

/** The threads that handlers are called on: one for each sender whose messages are being handled, and none where nothing comes. */
final class HandlerThreads implements Executor {
    private static final Logger LOGGER = System.getLogger(HandlerThreads.class.getName());
    private static final long IDLE_SECONDS = 10;

    private final Place place;
    private final ThreadPoolExecutor pool;

    HandlerThreads(Place place) {
        this.place = place;
        AtomicInteger made = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> LibraryThread.create(
                        "understudy-" + place.environment() + "-messages-" + made.incrementAndGet(), task),
                // What comes when the environment closes is not handled; whoever brings it tells the sender so.
                (task, closed) -> task.run());
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Begins nothing more. */
    void close() {
        pool.shutdown();
    }

    /** Waits for handlers that are busy, but not for ever. */
    void await(Duration atMost) {
        try {
            if (!pool.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.log(
                        Level.WARNING,
                        "USTDY-0421 [" + place + "] closes while a message handler is still busy after " + atMost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
