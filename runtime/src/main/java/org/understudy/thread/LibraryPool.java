package org.understudy.thread;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs short things that no thread of an environment has the time for, such as what the application has made to depend on
 * an asynchronous call. It has threads only while there is something to do.
 *
 * <p>The JVM's common pool and the JDK's timer for stages are not for a library in a server: a thread that they start for
 * it inherits from the application's, belongs to nobody, and so keeps a redeployed application in memory.
 */
public final class LibraryPool {
    private static final Logger LOGGER = System.getLogger(LibraryPool.class.getName());

    /** What comes while so many threads are busy waits until one is done, for a moment. */
    static final int THREADS = 256;

    /**
     * What the application makes to depend on a call can block, even until another call ends that needs a thread here. So where
     * nothing is done and something waits, there are more threads, up to so many.
     */
    static final int MOST_THREADS = 4096;

    private static final long STANDSTILL_MILLIS = 100;
    private static final long IDLE_MILLIS = 200;
    private static final AtomicBoolean WATCHED = new AtomicBoolean();
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
                THREADS,
                IDLE_MILLIS,
                TimeUnit.MILLISECONDS,
                new HandOver(),
                task -> LibraryThread.create("understudy-pool-" + made.incrementAndGet(), task),
                LibraryPool::keepWaiting);
    }

    private static void keepWaiting(Runnable task, ThreadPoolExecutor busy) {
        busy.getQueue().add(task);
        if (busy.getPoolSize() == 0) {
            busy.execute(LibraryPool::haveAThread); // all were done meanwhile, and nobody would look into the queue
        }
        if (WATCHED.compareAndSet(false, true)) {
            watch();
        }
    }

    /** Does nothing: whoever does it looks into the queue next. */
    private static void haveAThread() {}

    private static void watch() {
        long done = POOL.getCompletedTaskCount();
        TIMER.schedule(() -> look(done), STANDSTILL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void look(long doneBefore) {
        boolean over = false;
        try {
            boolean waited = !POOL.getQueue().isEmpty();
            if (waited && POOL.getCompletedTaskCount() == doneBefore) {
                grow();
            } else if (!waited && POOL.getPoolSize() <= THREADS) {
                POOL.setMaximumPoolSize(THREADS);
                WATCHED.set(false);
                over = POOL.getQueue().isEmpty() || !WATCHED.compareAndSet(false, true);
            }
        } finally {
            if (!over) {
                watch(); // also when the system has no more threads to give now
            }
        }
    }

    private static void grow() {
        int threads = POOL.getMaximumPoolSize();
        if (threads == THREADS) {
            LOGGER.log(
                    Level.WARNING,
                    "USTDY-0391 " + THREADS + " calls of the application block in what depends on asynchronous calls;"
                            + " more threads are made, up to " + MOST_THREADS
                            + ": let such calls depend on each other, or give them an executor of your own");
        }
        int more = Math.min(POOL.getQueue().size(), Math.min(threads, MOST_THREADS - threads));
        POOL.setMaximumPoolSize(threads + more);
        for (int i = 0; i < more; i++) {
            POOL.execute(LibraryPool::haveAThread);
        }
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
