package org.understudy.sample.common;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What a bean has to do later, or again and again: on the server's threads where there is one, and until the bean goes. */
@Dependent
public class Chores {

    private static final System.Logger LOG = System.getLogger(Chores.class.getName());

    private final Queue<Future<?>> begun = new ConcurrentLinkedQueue<>();

    @Inject
    @Background
    ScheduledExecutorService executor;

    /** Does something once. */
    public void in(long millis, Runnable work) {
        note(executor.schedule(() -> attempt(work), millis, TimeUnit.MILLISECONDS));
    }

    /** Does something again and again, with that long a pause between, until it is cancelled. */
    public Future<?> every(long millis, Runnable work) {
        return note(executor.scheduleWithFixedDelay(() -> attempt(work), millis, millis, TimeUnit.MILLISECONDS));
    }

    @PreDestroy
    void stop() {
        begun.forEach(future -> future.cancel(false));
    }

    private Future<?> note(Future<?> future) {
        begun.removeIf(Future::isDone);
        begun.add(future);
        return future;
    }

    /** What fails once may succeed the next time. */
    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A chore failed: " + e.getMessage(), e);
        }
    }
}
