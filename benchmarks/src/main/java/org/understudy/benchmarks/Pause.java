package org.understudy.benchmarks;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what another process does, which nobody here can be woken by. */
public final class Pause {
    private Pause() {}

    /** Looks again and again, {@code between} two looks, and returns whether it came true within {@code limit}. */
    public static boolean until(BooleanSupplier condition, Duration between, Duration limit) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long left = limit.toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(Math.min(left, between.toNanos()));
        }
        return true;
    }

    /** Lets others work for a while. */
    public static void of(Duration duration) {
        until(() -> false, duration, duration);
    }
}
