package org.understudy.cdi.mastership;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A timer as this site sees it tick. Thread-safe. */
final class LocalTimer {

    private final SkippedTicks skipped;
    private Optional<Instant> expected = Optional.empty();
    private Instant lastEnd = Instant.MIN;
    private int running;
    private Instant runningTick = Instant.MIN;

    LocalTimer(Instant since) {
        this.skipped = new SkippedTicks(since);
    }

    SkippedTicks skipped() {
        return skipped;
    }

    /**
     * When a tick that comes now was due: when the last one said that the next would be. Servers leave out those that come
     * while one runs; the first after that, as the very first, is taken to be on time: schedules are of whole seconds, and a
     * tick is due a second before the next at the latest.
     */
    synchronized Instant arrived(Instant now, Optional<Instant> next) {
        Instant due = expected.filter(then -> running == 0 && !then.isAfter(now) && !then.isBefore(lastEnd))
                .orElseGet(() -> onTime(now, next));
        expected = next;
        return due;
    }

    private static Instant onTime(Instant now, Optional<Instant> next) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        return next.map(then -> then.minusSeconds(1))
                .filter(latest -> latest.isBefore(second))
                .orElse(second);
    }

    /** A tick begins to run here. */
    synchronized void begin(Instant instant) {
        running++;
        runningTick = instant;
    }

    /** It runs no more. */
    synchronized void end(Instant now) {
        running--;
        lastEnd = now;
    }

    /** Whether the last tick that began here has not ended. */
    synchronized boolean isRunning(Instant instant) {
        return running > 0 && runningTick.equals(instant);
    }
}
