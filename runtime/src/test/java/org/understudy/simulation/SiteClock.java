package org.understudy.simulation;

/**
 * A site's monotonic clock: it began somewhere and runs a little fast or slow, but never back.
 *
 * @param offsetMicros what it showed when the world began
 * @param driftPpm how many microseconds it gains in a second
 */
record SiteClock(long offsetMicros, long driftPpm) {
    private static final long MILLION = 1_000_000;

    /** What it shows at a true time. */
    long read(long trueMicros) {
        return offsetMicros + trueMicros + trueMicros / MILLION * driftPpm + trueMicros % MILLION * driftPpm / MILLION;
    }

    /** The same clock so much further on. */
    SiteClock ahead(long micros) {
        return new SiteClock(offsetMicros + micros, driftPpm);
    }

    /** The first true time at which it shows this or more. */
    long whenShows(long localMicros) {
        long guess = (long) ((localMicros - offsetMicros) / (1 + driftPpm / (double) MILLION)) - 2;
        while (read(guess) < localMicros) {
            guess++;
        }
        return guess;
    }
}
