package org.understudy.thread;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs short things that no thread of an environment has the time for, such as what the application has made to depend on
 * an asynchronous call. It has threads only while there is something to do.
 *
 * <p>The JVM's common pool and the JDK's timer for stages are not for a library in a server: a thread that they start for
 * it inherits from the application's, belongs to nobody, and so keeps a redeployed application in memory.
 */
public final class LibraryPool {
    /** What comes while so many threads are busy waits. They may be: what depends on a call can block. */
    static final int MAX_THREADS = 256;

    private static final long IDLE_MILLIS = 200;
    private static final ThreadPoolExecutor POOL = pool();
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private LibraryPool() {}

    /** Where to run them; takes everything, never blocks, keeps no order. */
    public static Executor executor() {
        return POOL;
    }

    /** Runs something in a while, unless it is cancelled before. */
    public static Future<?> later(Duration delay, Runnable task) {
        return TIMER.schedule(() -> POOL.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static ThreadPoolExecutor pool() {
        AtomicInteger made = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                MAX_THREADS,
                IDLE_MILLIS,
                TimeUnit.MILLISECONDS,
                new HandOver(),
                task -> LibraryThread.create("understudy-pool-" + made.incrementAndGet(), task),
                (task, busy) -> busy.getQueue().add(task));
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, task -> LibraryThread.create("understudy-timer", task));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** A queue that a pool offers tasks to: it takes one only for a thread that waits, so that else there is a new thread. */
    private static final class HandOver extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }
    }
}
