package org.understudy.benchmarks.harness;

import java.time.Duration;
import java.util.Locale;
import org.understudy.benchmarks.Message;
import org.understudy.benchmarks.harness.Figure.Unit;

/** From the opening of a fourth, empty site to its holding every record; the JVM is up before. */
final class EmptySiteScenario implements Scenario {
    private static final Duration COUNT_LIMIT = Duration.ofMinutes(2);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Options options;

    EmptySiteScenario(Options options) {
        this.options = options;
    }

    @Override
    public Figure figure() {
        return new Figure(
                String.format(Locale.ROOT, "an empty fourth site has %,d records", options.records()), Unit.SECONDS);
    }

    @Override
    public int rounds() {
        return options.rounds();
    }

    @Override
    public Sample measure(Group group) {
        long mark = group.mark();
        SiteProcess site = group.emptySite();
        long openedAt;
        long completeAt;
        try (site) {
            openedAt = System.nanoTime();
            group.open(site);
            completeAt = group.await(site, mark).number("at");
            requireEqualCounts(group.master(), site);
        }
        group.remove(site);
        group.settle();
        return Sample.of((completeAt - openedAt) / NANOS_PER_SECOND);
    }

    private static void requireEqualCounts(SiteProcess master, SiteProcess site) {
        long expected = count(master);
        long found = count(site);
        if (found != expected) {
            throw new IllegalStateException("The new site " + site.address() + " has " + found + " records of "
                    + expected + ": it had the last one without those before, so the time measured is void");
        }
    }

    private static long count(SiteProcess site) {
        return site.call(Message.of("count"), COUNT_LIMIT).number("count");
    }
}
