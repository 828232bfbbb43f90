package org.understudy.benchmarks.harness;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.understudy.benchmarks.harness.Options.Part;

/** Takes turns between the contenders' groups, A B B A, because the machine's speed drifts while it works. */
final class Harness {
    private final Options options;
    private final Path directory;
    private final PrintStream progress;
    private final Results results = new Results();

    Harness(Options options, Path directory, PrintStream progress) {
        this.options = options;
        this.directory = directory;
        this.progress = progress;
    }

    Results run() {
        phase("written", false, options.contenders(), List.of(), unforced());
        phase("forced", true, options.contenders(), List.of(), forced());
        List<Contender> talking =
                options.contenders().stream().filter(Contender::hasMessages).toList();
        phase("messages", false, talking, Contender.forMessages(), messages());
        return results;
    }

    private List<Scenario> unforced() {
        List<Scenario> scenarios = new ArrayList<>();
        // First: the log still is what the records need and no more, for both.
        if (options.has(Part.EMPTY_SITE)) {
            scenarios.add(new EmptySiteScenario(options));
        }
        if (options.has(Part.WRITES)) {
            options.writers().forEach(n -> scenarios.add(LoadScenario.writes("commits", n, options)));
        }
        if (options.has(Part.READS)) {
            options.readers().forEach(n -> scenarios.add(LoadScenario.reads(n, options)));
        }
        if (options.has(Part.MEMORY)) {
            scenarios.add(new MemoryScenario());
        }
        if (options.has(Part.TAKEOVER)) {
            scenarios.add(new TakeoverScenario(options));
        }
        return scenarios;
    }

    private List<Scenario> forced() {
        List<Scenario> scenarios = new ArrayList<>();
        if (options.has(Part.FORCED)) {
            options.writers().forEach(n -> scenarios.add(LoadScenario.writes("forced commits", n, options)));
        }
        return scenarios;
    }

    private List<Scenario> messages() {
        List<Scenario> scenarios = new ArrayList<>();
        if (options.has(Part.MESSAGES)) {
            options.writers().forEach(n -> scenarios.add(LoadScenario.requests(n, options)));
            scenarios.add(LoadScenario.writes("commits of an idle group", 1, options));
            scenarios.add(new FloodScenario(options));
        }
        return scenarios;
    }

    private void phase(
            String name,
            boolean forced,
            List<Contender> contenders,
            List<String> jvmOptions,
            List<Scenario> scenarios) {
        if (scenarios.isEmpty()) {
            return;
        }
        List<Group> groups = new ArrayList<>();
        try {
            for (Contender contender : contenders) {
                progress.println(contender.label() + ": three sites start and fill (" + name + ")");
                Path home = directory.resolve(name + "-" + contender.name().toLowerCase(Locale.ROOT));
                groups.add(Group.start(contender, home, options, forced, jvmOptions));
            }
            scenarios.forEach(scenario -> measure(scenario, groups));
        } finally {
            groups.forEach(Group::close);
        }
    }

    private void measure(Scenario scenario, List<Group> groups) {
        groups.forEach(scenario::warmUp);
        List<Group> order = new ArrayList<>(groups);
        for (int round = 1; round <= scenario.rounds(); round++) {
            for (Group group : order) {
                Sample sample = scenario.measure(group);
                results.add(scenario.figure(), group.contender(), sample);
                progress.println(describe(scenario.figure(), round, group.contender(), sample));
            }
            Collections.reverse(order);
        }
    }

    private static String describe(Figure figure, int round, Contender contender, Sample sample) {
        return figure.title() + ", round " + round + ", " + contender.label() + ": "
                + figure.unit().format(sample.value());
    }
}
