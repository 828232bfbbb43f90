package org.understudy.site.thread;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.understudy.thread.LibraryThread;

/** One thread that does jobs in the order they come, begun with the first job and ended by {@link #close}. */
public final class Worker {
    private static final Logger LOGGER = System.getLogger(Worker.class.getName());

    /** Something to do. It handles its own failures; what it throws all the same is logged. */
    @FunctionalInterface
    public interface Job {

        /** Does it. */
        void run();

        /**
         * Takes over the work of the job that stands right behind this one, if the two are better done together.
         *
         * @return whether it did; the other one is then not run
         */
        default boolean absorb(Job next) {
            return false;
        }
    }

    private final String name;
    private final long tickNanos;
    private final Job tick;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Job> jobs = new ArrayDeque<>();
    private Thread thread;
    private boolean closing;

    /** A worker that only does what it is given. */
    public Worker(String name) {
        this(name, Duration.ofDays(1), () -> {});
    }

    /** A worker that also does {@code tick} whenever it has been idle for a while, once it has been started. */
    public Worker(String name, Duration tickEvery, Job tick) {
        this.name = name;
        this.tickNanos = tickEvery.toNanos();
        this.tick = tick;
    }

    /** Begins to tick before there is a job. */
    public void start() {
        submit(() -> {});
    }

    /**
     * Adds a job behind all others.
     *
     * @return false if the worker is closed and the job will not be done
     */
    public boolean submit(Job job) {
        return add(job, false);
    }

    /** Adds a job before all that have not begun. */
    public boolean submitFirst(Job job) {
        return add(job, true);
    }

    /** Whether this is the worker's own thread. */
    public boolean isCurrent() {
        lock.lock();
        try {
            return Thread.currentThread() == thread;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more jobs, and waits until those that are queued are done and the thread has ended. Called on the worker
     * itself it does not wait.
     *
     * @return whether the thread has ended in time
     */
    public boolean close(Duration atMost) {
        Thread ending;
        lock.lock();
        try {
            closing = true;
            ending = thread;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return ending == null || (ending != Thread.currentThread() && ended(ending, atMost));
    }

    private static boolean ended(Thread ending, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        while (ending.isAlive() && System.nanoTime() - deadline < 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(ending, deadline - System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !ending.isAlive();
    }

    private boolean add(Job job, boolean first) {
        lock.lock();
        try {
            if (closing) {
                return false;
            }
            if (first) {
                jobs.addFirst(job);
            } else {
                jobs.addLast(job);
            }
            if (thread == null) {
                thread = LibraryThread.create(name, this::work);
                thread.start();
            } else {
                changed.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (Job job = next(); job != null; job = next()) {
            try {
                job.run();
            } catch (Throwable e) {
                LOGGER.log(Level.ERROR, "USTDY-0301 " + name + ": a job failed in a way it does not handle", e);
            }
        }
    }

    /** The next job, or null when there will be none: the thread's own loop needs no more than that. */
    private Job next() {
        lock.lock();
        try {
            long left = tickNanos;
            while (jobs.isEmpty() && !closing) {
                if (left <= 0) {
                    return tick;
                }
                left = awaitQuietly(left);
            }
            Job job = jobs.poll();
            while (job != null && !jobs.isEmpty() && job.absorb(jobs.peek())) {
                jobs.poll();
            }
            return job;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody has a reason to interrupt the library's own thread; should it happen, it goes on. */
    private long awaitQuietly(long nanos) {
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            LOGGER.log(
                    Level.WARNING,
                    "USTDY-0302 " + name + ": interrupted, and going on; close the environment to end it");
            return nanos;
        }
    }
}
