package org.understudy.benchmarks.harness;

import java.time.Duration;
import org.understudy.benchmarks.site.Load;
import org.understudy.benchmarks.site.Load.Work;

/** Commits of one thread on the master while 64 threads on a client send it messages of 1 MiB as fast as they can. */
final class FloodScenario implements Scenario {
    private static final int SENDERS = 64;
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final Options options;
    private final LoadScenario commits;

    FloodScenario(Options options) {
        this.options = options;
        this.commits = LoadScenario.writes("commits beside 64 senders of 1 MiB", 1, options);
    }

    @Override
    public Figure figure() {
        return commits.figure();
    }

    @Override
    public int rounds() {
        return commits.rounds();
    }

    @Override
    public Sample measure(Group group) {
        Load flood = new Load(Work.DELIVER, SENDERS, options.round(), 1);
        group.client().call(flood.command("load-on"), CALL_LIMIT);
        Sample sample = commits.measure(group);
        group.client().call(new Load(Work.DELIVER, 1, Duration.ofMillis(1), 1).command("load"), MARGIN);
        return sample;
    }
}
