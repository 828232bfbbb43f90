package org.understudy.cdi.mastership;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** The ticks of a timer that came at this site and were skipped, since it began to look. Thread-safe. */
final class SkippedTicks {

    /** How many it remembers. */
    static final int MAX = 10_000;

    private final TreeSet<Instant> skipped = new TreeSet<>();
    private Instant since;

    SkippedTicks(Instant since) {
        this.since = since;
    }

    synchronized void add(Instant instant) {
        skipped.add(instant);
        if (skipped.size() > MAX) {
            since = Optional.ofNullable(skipped.pollFirst()).orElseThrow().plusMillis(1);
        }
    }

    /** Whether one was due from a moment on and before another. */
    synchronized boolean hasSeenAny(Instant from, Instant until) {
        return !skipped.subSet(from, until).isEmpty();
    }

    /** The same; true as well where this site can't know. */
    synchronized boolean mayHaveSeenAny(Instant from, Instant until) {
        return from.isBefore(since) || hasSeenAny(from, until);
    }
}
