package org.understudy.store;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.understudy.thread.LibraryThread;

/**
 * Flushes the data when enough of it is in memory, on a thread of its own, and always behind the log (protocol.md §2.1).
 *
 * <p>RocksDB is set up so that it never flushes by itself. What a flush takes is fixed while nobody writes, right after the
 * log was forced; so all of it is in the log on disk before RocksDB begins to write it. (RocksDB could call us back when it
 * flushes, but a process that ends with the store open hangs when one of RocksDB's threads comes back into Java then.)
 */
final class Flusher {
    /** Writing waits for a flush once this many times the memory meant for it is full. */
    private static final int PATIENCE = 4;

    private final StoreCore core;
    private final long targetBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean due;
    private boolean stopped;
    private long inMemoryBytes; // guarded by the core's lock for writing

    Flusher(StoreCore core, long targetBytes) {
        this.core = core;
        this.targetBytes = targetBytes;
        this.thread = LibraryThread.create("understudy-flusher-" + core.place().environment(), this::run);
    }

    void start() {
        thread.start();
    }

    /** Notes what was written; only while writing. */
    void wrote(long bytes) {
        inMemoryBytes += bytes;
        if (inMemoryBytes >= PATIENCE * targetBytes) {
            core.flush(false);
        } else if (inMemoryBytes >= targetBytes) {
            signal(() -> due = true);
        }
    }

    /** Notes that all that was in memory is being flushed; only while writing. */
    void flushed() {
        inMemoryBytes = 0;
    }

    /** Ends the thread; returns once it has ended. Not to be called while writing: it may be waiting for that. */
    void stop() {
        signal(() -> stopped = true);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (awaitDue()) {
            try {
                core.forceLog(); // while others write: little is left to be forced while they can't
                core.locked(() -> {
                    if (inMemoryBytes >= targetBytes) {
                        core.flush(false);
                    }
                    return due;
                });
            } catch (RuntimeException failed) {
                core.failures().writing("The data could not be flushed in the background", failed);
                return;
            }
        }
    }

    private boolean awaitDue() {
        lock.lock();
        try {
            while (!due && !stopped) {
                changed.awaitUninterruptibly();
            }
            due = false;
            return !stopped;
        } finally {
            lock.unlock();
        }
    }
}
