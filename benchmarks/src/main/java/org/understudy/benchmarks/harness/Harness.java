package org.understudy.benchmarks.harness;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.understudy.benchmarks.harness.Options.Part;

/** Takes turns between the contenders' groups, A B B A, because the machine's speed drifts while it works. */
final class Harness {
    /** Of reads and commits in a subordinate. */
    private static final List<Integer> SUBORDINATE_THREADS = List.of(1, 8);

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
        phase("written", GroupSettings.USUAL, options.contenders(), unforced(), List.of());
        phase("forced", GroupSettings.FORCED, options.contenders(), forced(), List.of());
        List<Contender> ours =
                options.contenders().stream().filter(Contender::isOurs).toList();
        phase("messages", GroupSettings.LARGE_MESSAGES, ours, messages(), List.of());
        phase("subordinate", GroupSettings.USUAL, ours, List.of(), subordinates());
        phase("forwarding", GroupSettings.FORWARDING, ours, List.of(), forwarding());
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
            options.readers().forEach(n -> scenarios.add(LoadScenario.reads("client reads", n, options)));
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

    private List<Comparison> subordinates() {
        List<Comparison> comparisons = new ArrayList<>();
        if (options.has(Part.SUBORDINATE)) {
            SUBORDINATE_THREADS.forEach(n -> comparisons.add(new Comparison(
                    LoadScenario.reads("reads beside a subordinate", n, options),
                    LoadScenario.subordinateReads(n, options))));
            SUBORDINATE_THREADS.forEach(n -> comparisons.add(new Comparison(
                    LoadScenario.writes("commits beside a subordinate", n, options),
                    LoadScenario.subordinateWrites(n, options))));
        }
        return comparisons;
    }

    private List<Comparison> forwarding() {
        List<Comparison> comparisons = new ArrayList<>();
        if (options.has(Part.FORWARDING)) {
            options.writers()
                    .forEach(n -> comparisons.add(new Comparison(
                            LoadScenario.writes("commits at the master", n, options),
                            LoadScenario.forwardedWrites(n, options))));
        }
        return comparisons;
    }

    private void phase(
            String name,
            GroupSettings settings,
            List<Contender> contenders,
            List<Scenario> scenarios,
            List<Comparison> comparisons) {
        if (scenarios.isEmpty() && comparisons.isEmpty()) {
            return;
        }
        List<Group> groups = new ArrayList<>();
        try {
            for (Contender contender : contenders) {
                progress.println(contender.label() + ": three sites start and fill (" + name + ")");
                Path home = directory.resolve(name + "-" + contender.name().toLowerCase(Locale.ROOT));
                groups.add(Group.start(contender, home, options, settings));
            }
            scenarios.forEach(scenario -> measure(scenario, groups));
            comparisons.forEach(comparison -> groups.forEach(group -> measure(comparison, group)));
        } finally {
            groups.forEach(Group::close);
        }
    }

    private void measure(Scenario scenario, List<Group> groups) {
        groups.forEach(scenario::warmUp);
        List<Group> order = new ArrayList<>(groups);
        for (int round = 1; round <= scenario.rounds(); round++) {
            for (Group group : order) {
                measure(scenario, round, group);
            }
            Collections.reverse(order);
        }
    }

    private void measure(Comparison comparison, Group group) {
        comparison.usual().warmUp(group);
        comparison.other().warmUp(group);
        for (int round = 1; round <= comparison.usual().rounds(); round++) {
            Map<Scenario, Sample> samples = new HashMap<>();
            for (Scenario scenario : comparison.order(round)) {
                samples.put(scenario, measure(scenario, round, group));
            }
            Sample ratio = comparison.ratio(samples.get(comparison.usual()), samples.get(comparison.other()));
            results.add(comparison.figure(), group.contender(), ratio);
        }
    }

    private Sample measure(Scenario scenario, int round, Group group) {
        Sample sample = scenario.measure(group);
        results.add(scenario.figure(), group.contender(), sample);
        progress.println(describe(scenario.figure(), round, group.contender(), sample));
        return sample;
    }

    private static String describe(Figure figure, int round, Contender contender, Sample sample) {
        return figure.title() + ", round " + round + ", " + contender.label() + ": "
                + figure.unit().format(sample.value());
    }
}
