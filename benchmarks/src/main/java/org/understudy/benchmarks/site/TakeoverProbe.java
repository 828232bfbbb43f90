package org.understudy.benchmarks.site;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Tries to write from the moment this site is master, and notes when the first write is acknowledged. */
final class TakeoverProbe {
    private static final System.Logger LOGGER = System.getLogger(TakeoverProbe.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofNanos(100_000);

    private final Site site;
    private final KeySpace keys;
    private final SplittableRandom random = new SplittableRandom();
    private volatile long writtenAtNanos;
    private volatile boolean stopped;

    TakeoverProbe(Site site, KeySpace keys) {
        this.site = site;
        this.keys = keys;
    }

    void start() {
        Thread thread = new Thread(this::look, "takeover-probe");
        thread.setDaemon(true);
        thread.start();
    }

    void stop() {
        stopped = true;
    }

    /** When the first write was acknowledged, by {@link System#nanoTime()}; 0 before. */
    long writtenAtNanos() {
        return writtenAtNanos;
    }

    private void look() {
        while (!stopped && writtenAtNanos == 0) {
            if (site.isMaster()) {
                write();
            } else {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    private void write() {
        try {
            site.put(keys.randomKey(random), keys.randomValue(random));
            writtenAtNanos = System.nanoTime();
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.INFO, "Not writable yet: {0}", e.toString());
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
