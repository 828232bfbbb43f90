package org.understudy.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.understudy.EnvironmentClosedException;
import org.understudy.LockoutException;
import org.understudy.Place;

/**
 * Lets any number of threads use RocksDB at once, and keeps them out while it is closed, rolled back or replaced: a native
 * call on a closed handle would end the process.
 *
 * <p>Entering costs two uncontended atomic additions: each thread counts itself in a cell that it rarely shares. Whoever is
 * inside must not enter again.
 */
final class AccessGate {
    private static final int CELLS = 32;
    private static final int LONGS_PER_CELL = 16; // two cache lines: no false sharing, also not by prefetching

    private final Place place;
    private final Duration lockoutTimeout;
    private final AtomicLongArray inside = new AtomicLongArray(CELLS * LONGS_PER_CELL);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final Condition opened = lock.newCondition();
    private volatile boolean open = true;
    private boolean closed;
    private int shuts;
    private int lockouts;

    AccessGate(Place place, Duration lockoutTimeout) {
        this.place = place;
        this.lockoutTimeout = lockoutTimeout;
    }

    /**
     * Goes inside, after waiting out a lockout.
     *
     * @return what {@link #leave} needs
     * @throws LockoutException when the lockout takes longer than allowed
     * @throws EnvironmentClosedException when the gate is closed for good
     */
    int enter() {
        return enter(lockoutTimeout);
    }

    /** The same, waiting for at most so long. */
    int enter(Duration atMost) {
        int cell = tryEnter();
        while (cell < 0) {
            awaitOpened(atMost);
            cell = tryEnter();
        }
        return cell;
    }

    /** Goes inside if that is possible at once; otherwise a negative number. */
    int tryEnter() {
        int cell = (int) Thread.currentThread().getId() & (CELLS - 1);
        inside.getAndIncrement(cell * LONGS_PER_CELL);
        if (open) {
            return cell;
        }
        leave(cell);
        return -1;
    }

    /** Goes outside. */
    void leave(int cell) {
        inside.getAndDecrement(cell * LONGS_PER_CELL);
        if (!open) {
            lock.lock();
            try {
                drained.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Keeps everybody out for a moment; returns once nobody is inside. Whoever wants in waits, however long it takes. */
    void shut() {
        lock.lock();
        try {
            shuts++;
            awaitDrained();
        } finally {
            lock.unlock();
        }
    }

    /** Ends what {@link #shut} began. */
    void reopen() {
        lock.lock();
        try {
            shuts--;
            openIfFree();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps everybody out for longer; returns once nobody is inside. Whoever wants in waits as long as is allowed. */
    void lockOut() {
        lock.lock();
        try {
            lockouts++;
            awaitDrained();
        } finally {
            lock.unlock();
        }
    }

    /** Ends what {@link #lockOut} began. */
    void letIn() {
        lock.lock();
        try {
            lockouts--;
            openIfFree();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps everybody out for good; returns once nobody is inside. */
    void close() {
        lock.lock();
        try {
            closed = true;
            opened.signalAll();
            awaitDrained();
        } finally {
            lock.unlock();
        }
    }

    private void openIfFree() {
        if (shuts == 0 && lockouts == 0 && !closed) {
            open = true;
        }
        opened.signalAll();
    }

    private void awaitDrained() {
        open = false;
        for (int cell = 0; cell < CELLS; cell++) {
            while (inside.get(cell * LONGS_PER_CELL) != 0) {
                drained.awaitUninterruptibly();
            }
        }
    }

    private void awaitOpened(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        lock.lock();
        try {
            while (!open) {
                if (closed) {
                    throw new EnvironmentClosedException(place, "The environment is closed; open it anew to read");
                }
                if (lockouts == 0) {
                    opened.awaitUninterruptibly();
                } else {
                    awaitLockoutsEnd(deadline - System.nanoTime(), atMost);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitLockoutsEnd(long nanos, Duration atMost) {
        if (nanos <= 0) {
            String how = atMost.isZero()
                    ? ", and this one does not wait (no-wait); try again later"
                    : ", for more than lockout-timeout (" + atMost.toMillis() + " ms); try again, or raise that option";
            throw new LockoutException(place, "Reads are locked out while the data is rolled back or replaced" + how);
        }
        try {
            opened.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockoutException(place, "Interrupted while reads are locked out; try again");
        }
    }
}
