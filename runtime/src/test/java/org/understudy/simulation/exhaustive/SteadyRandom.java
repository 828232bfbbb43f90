package org.understudy.simulation.exhaustive;

import java.util.random.RandomGenerator;

/** Chance that is none: what it gives depends on the site and its generation alone, so that equal states stay equal. */
final class SteadyRandom implements RandomGenerator {
    private final long site;
    private long generation;

    SteadyRandom(long site) {
        this.site = site;
    }

    void in(long now) {
        generation = now;
    }

    @Override
    public long nextLong() {
        return ObjectGraph.mix(site * 1_000 + generation);
    }
}
