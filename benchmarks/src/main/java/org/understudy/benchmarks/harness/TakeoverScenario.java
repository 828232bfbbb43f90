package org.understudy.benchmarks.harness;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.understudy.benchmarks.Message;
import org.understudy.benchmarks.Pause;
import org.understudy.benchmarks.harness.Figure.Unit;
import org.understudy.benchmarks.site.Load;
import org.understudy.benchmarks.site.Load.Work;

/** From {@code kill -9} of a master that is writing to the first write that another acknowledges. */
final class TakeoverScenario implements Scenario {
    private static final Duration LOAD_BEFORE = Duration.ofMillis(500);
    private static final Duration LOAD_LONGEST = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Options options;

    TakeoverScenario(Options options) {
        this.options = options;
    }

    @Override
    public Figure figure() {
        return new Figure("kill -9 of the master to the first new write", Unit.SECONDS);
    }

    @Override
    public int rounds() {
        return options.takeovers();
    }

    @Override
    public Sample measure(Group group) {
        SiteProcess master = group.master();
        List<SiteProcess> survivors =
                group.sites().stream().filter(site -> site != master).toList();
        survivors.forEach(site -> site.call(Message.of("probe"), CALL_LIMIT));
        master.call(new Load(Work.WRITE, 1, LOAD_LONGEST, 1).command("load-on"), CALL_LIMIT);
        Pause.of(LOAD_BEFORE);

        long killedAt = System.nanoTime();
        master.kill();
        long writtenAt = firstWrite(group, survivors);

        survivors.forEach(site -> site.call(Message.of("probe-stop"), CALL_LIMIT));
        group.restart(master);
        group.settle();
        return Sample.of((writtenAt - killedAt) / NANOS_PER_SECOND);
    }

    private static long firstWrite(Group group, List<SiteProcess> survivors) {
        AtomicLong writtenAt = new AtomicLong();
        boolean written = Pause.until(
                () -> {
                    survivors.stream()
                            .mapToLong(site ->
                                    site.call(Message.of("probed"), CALL_LIMIT).number("at"))
                            .filter(at -> at != 0)
                            .min()
                            .ifPresent(writtenAt::set);
                    return writtenAt.get() != 0;
                },
                BETWEEN_LOOKS,
                LIMIT);
        if (!written) {
            throw new IllegalStateException("No survivor of "
                    + group.contender().label() + " could write within " + LIMIT + ": see their logs");
        }
        return writtenAt.get();
    }
}
