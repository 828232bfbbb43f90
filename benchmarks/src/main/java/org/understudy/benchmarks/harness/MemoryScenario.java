package org.understudy.benchmarks.harness;

import org.understudy.benchmarks.harness.Figure.Unit;

/** What a site's process holds of the machine's memory after the work so far: the median of the three. */
final class MemoryScenario implements Scenario {
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    @Override
    public Figure figure() {
        return new Figure("memory of a site", Unit.MEBIBYTES);
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public Sample measure(Group group) {
        return Sample.of(
                Sample.median(group.sites(), site -> Usage.of(site.handle()).residentBytes() / BYTES_PER_MEBIBYTE));
    }
}
