package org.understudy.cdi.mastership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Interrupts threads whose calls have lost their mastership. It looks by itself, on a thread that is there while calls are. */
final class Interrupter {

    /** How often it looks: a lease may end without anything else happening. */
    static final Duration LOOK = Duration.ofMillis(20);

    private final List<Watch> watched = new ArrayList<>();
    private boolean looking;

    /** Watches over a call on the thread that calls, until it is closed. */
    synchronized Watch watch(HeldMastership held) {
        Watch watch = new Watch(held, Thread.currentThread());
        if (!looking) {
            Thread thread = new Thread(null, this::look, "understudy-master-only", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Interrupter.class.getClassLoader());
            thread.start();
            looking = true;
        }
        watched.add(watch);
        return watch;
    }

    private void look() {
        for (List<Watch> now = next(); !now.isEmpty(); now = next()) {
            now.stream().filter(watch -> !watch.held.isStillMaster()).forEach(Watch::interrupt);
        }
    }

    /** After a pause, those to look at; none when the thread is to end. */
    private synchronized List<Watch> next() {
        try {
            wait(LOOK.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts the thread that interrupts others", e);
        }
        looking = !watched.isEmpty();
        return List.copyOf(watched);
    }

    /** A call that is watched over. */
    final class Watch implements AutoCloseable {

        private final HeldMastership held;
        private final Thread thread;
        private boolean interrupted;

        private Watch(HeldMastership held, Thread thread) {
            this.held = held;
            this.thread = thread;
        }

        private void interrupt() {
            synchronized (Interrupter.this) {
                if (watched.contains(this) && !interrupted) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        }

        /** Ends it; the thread goes on uninterrupted. */
        @Override
        public void close() {
            synchronized (Interrupter.this) {
                watched.remove(this);
                if (interrupted) {
                    Thread.interrupted();
                }
            }
        }
    }
}
