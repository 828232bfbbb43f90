package org.understudy.net;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The pauses between attempts to connect: quick at first, doubling, with some chance in them so that two sites don't step on each other for ever. */
final class Backoff {
    private static final long FIRST_MILLIS = 50;
    private static final double SPREAD = 0.25;

    private final RandomGenerator random;
    private final long retryMillis;
    private final long maxMillis;
    private long nextMillis;

    Backoff(Duration retry, Duration max, RandomGenerator random) {
        this.random = random;
        this.retryMillis = Math.max(1, retry.toMillis());
        this.maxMillis = Math.max(retryMillis, max.toMillis());
        reset();
    }

    void reset() {
        nextMillis = Math.min(FIRST_MILLIS, retryMillis);
    }

    /** How long to wait before the next attempt, at least 1 ms. */
    long nextMillis() {
        long pause = nextMillis;
        long doubled = pause * 2;
        boolean passesRetry = pause < retryMillis && doubled > retryMillis;
        nextMillis = Math.min(maxMillis, passesRetry ? retryMillis : doubled);
        return Math.max(1, Math.round(pause * (1 + SPREAD * (2 * random.nextDouble() - 1))));
    }
}
