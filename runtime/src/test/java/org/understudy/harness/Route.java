package org.understudy.harness;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way of bytes from one site to another, one direction. A cut loses nothing by itself: as with TCP, what was sent
 * arrives when the cut has healed, unless somebody has given the connection up by then.
 */
public final class Route {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
    private boolean cut;
    private long delayNanos;
    private long bytesPerSecond = Long.MAX_VALUE;

    /** Nothing comes through any more. */
    public void cut() {
        change(() -> cut = true);
    }

    /** Everything arrives so much later. */
    public void delay(long millis) {
        change(() -> delayNanos = TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** No more than this comes through on each connection. */
    public void narrow(long limitBytesPerSecond) {
        change(() -> bytesPerSecond = limitBytesPerSecond);
    }

    /** No fault any more. */
    public void heal() {
        change(() -> {
            cut = false;
            delayNanos = 0;
            bytesPerSecond = Long.MAX_VALUE;
        });
    }

    /** Resets every connection that uses this way. */
    public void reset() {
        Set.copyOf(relays).forEach(Relay::reset);
    }

    void add(Relay relay) {
        relays.add(relay);
    }

    void remove(Relay relay) {
        relays.remove(relay);
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when bytes that arrived here at that time may go on. */
    void pass(long arrivedNanos, int bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long startNanos = System.nanoTime();
            long waitNanos = remaining(arrivedNanos, startNanos, bytes);
            while (cut || waitNanos > 0) {
                if (cut) {
                    changed.await();
                } else {
                    changed.awaitNanos(waitNanos);
                }
                waitNanos = remaining(arrivedNanos, startNanos, bytes);
            }
        } finally {
            lock.unlock();
        }
    }

    private long remaining(long arrivedNanos, long startNanos, int bytes) {
        long now = System.nanoTime();
        long transferNanos = TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
        return Math.max(arrivedNanos + delayNanos - now, startNanos + transferNanos - now);
    }
}
