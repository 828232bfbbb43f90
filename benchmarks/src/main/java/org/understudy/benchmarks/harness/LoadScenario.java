package org.understudy.benchmarks.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.understudy.benchmarks.harness.Figure.Unit;
import org.understudy.benchmarks.site.Load;
import org.understudy.benchmarks.site.Load.Work;
import org.understudy.benchmarks.site.LoadResult;

/** Operations per second of some threads in one process of a group. */
final class LoadScenario implements Scenario {
    private static final Duration REPLY_MARGIN = Duration.ofSeconds(60);
    private static final double NANOS_PER_MICRO = 1e3;

    private final Figure figure;
    private final Work work;
    private final Function<Group, SiteProcess> place;
    private final int threads;
    private final Options options;
    private final SplittableRandom seeds = new SplittableRandom(1);

    private LoadScenario(String title, Work work, Function<Group, SiteProcess> place, int threads, Options options) {
        this.figure = new Figure(title + ", " + threads + (threads == 1 ? " thread" : " threads"), Unit.PER_SECOND);
        this.work = work;
        this.place = place;
        this.threads = threads;
        this.options = options;
    }

    static LoadScenario writes(String title, int threads, Options options) {
        return new LoadScenario(title, Work.WRITE, Group::master, threads, options);
    }

    static LoadScenario forwardedWrites(int threads, Options options) {
        return new LoadScenario("forwarded commits", Work.WRITE, Group::client, threads, options);
    }

    static LoadScenario subordinateWrites(int threads, Options options) {
        return new LoadScenario(
                "commits in a subordinate", Work.WRITE, group -> group.subordinate(group.master()), threads, options);
    }

    static LoadScenario subordinateReads(int threads, Options options) {
        return new LoadScenario(
                "reads in a subordinate", Work.READ, group -> group.subordinate(group.client()), threads, options);
    }

    static LoadScenario reads(String title, int threads, Options options) {
        return new LoadScenario(title, Work.READ, Group::client, threads, options);
    }

    static LoadScenario requests(int threads, Options options) {
        return new LoadScenario("requests to the master", Work.ASK, Group::client, threads, options);
    }

    @Override
    public Figure figure() {
        return figure;
    }

    @Override
    public int rounds() {
        return options.rounds();
    }

    @Override
    public void warmUp(Group group) {
        run(group);
        group.settle();
    }

    @Override
    public Sample measure(Group group) {
        Duration before = group.processor();
        LoadResult result = run(group);
        group.settle();
        Duration used = group.processor().minus(before);
        Sample.Detail detail = new Sample.Detail(
                result.p50Nanos() / NANOS_PER_MICRO,
                result.p99Nanos() / NANOS_PER_MICRO,
                used.toNanos() / NANOS_PER_MICRO / Math.max(1, result.operations()),
                result.failures());
        return new Sample(result.perSecond(), Optional.of(detail));
    }

    private LoadResult run(Group group) {
        Load load = new Load(work, threads, options.round(), seeds.nextLong(Long.MAX_VALUE));
        return LoadResult.parse(
                place.apply(group).call(load.command("load"), options.round().plus(REPLY_MARGIN)));
    }
}
