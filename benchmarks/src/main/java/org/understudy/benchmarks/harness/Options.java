package org.understudy.benchmarks.harness;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What the command line asks for; everything has a default.
 *
 * @param takeovers how many masters are killed per contender
 * @param records how many records the data set has
 * @param profile whether each site writes a flight recording
 * @param save whether the table is written as Markdown too
 */
record Options(
        List<Contender> contenders,
        List<Part> parts,
        Duration round,
        int rounds,
        int takeovers,
        int records,
        List<Integer> writers,
        List<Integer> readers,
        boolean profile,
        boolean save) {

    static final String HELP = """
            benchmarks/run [OPTION…]     Understudy against Berkeley DB JE HA, side by side

              --only understudy|je       one contender alone (no ratios then)
              --parts LIST               of empty-site,writes,reads,memory,takeover,forced,
                                         messages,subordinate,forwarding (all)
              --seconds N                length of one round (3)
              --rounds N                 rounds per figure; the median counts (3)
              --takeovers N              masters killed per contender (5)
              --records N                size of the data set (1000000)
              --writers LIST             writer threads (1,8,64)
              --readers LIST             reader threads (1,2)
              --profile                  a flight recording per site, in benchmarks/target/run
              --save                     the table as Markdown too, in benchmarks/results
              --help                     this text
            """;

    private static final List<String> FLAGS = List.of("profile", "save");
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            entry("only", "understudy,je"),
            entry("parts", "empty-site,writes,reads,memory,takeover,forced,messages,subordinate,forwarding"),
            entry("seconds", "3"),
            entry("rounds", "3"),
            entry("takeovers", "5"),
            entry("records", "1000000"),
            entry("writers", "1,8,64"),
            entry("readers", "1,2"),
            entry("profile", "false"),
            entry("save", "false"));

    /** A group of figures that can be left out. */
    enum Part {
        EMPTY_SITE,
        WRITES,
        READS,
        MEMORY,
        TAKEOVER,
        FORCED,
        MESSAGES,
        SUBORDINATE,
        FORWARDING
    }

    static Options parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>(DEFAULTS);
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            String name = argument.startsWith("--") ? argument.substring(2) : "";
            if (!DEFAULTS.containsKey(name)) {
                throw new IllegalArgumentException("'" + argument + "' is no option; these are:\n" + HELP);
            }
            if (FLAGS.contains(name)) {
                values.put(name, "true");
            } else if (rest.hasNext()) {
                values.put(name, rest.next());
            } else {
                throw new IllegalArgumentException("'" + argument + "' needs a value:\n" + HELP);
            }
        }
        return of(values);
    }

    private static Options of(Map<String, String> values) {
        return new Options(
                list(values, "only", name -> Contender.valueOf(constant(name))),
                list(values, "parts", name -> Part.valueOf(constant(name))),
                Duration.ofSeconds(positive(values, "seconds")),
                positive(values, "rounds"),
                positive(values, "takeovers"),
                positive(values, "records"),
                list(values, "writers", Options::positive),
                list(values, "readers", Options::positive),
                Boolean.parseBoolean(values.get("profile")),
                Boolean.parseBoolean(values.get("save")));
    }

    private static int positive(Map<String, String> values, String option) {
        return list(values, option, Options::positive).get(0);
    }

    private static <T> List<T> list(Map<String, String> values, String option, Function<String, T> parser) {
        try {
            return Arrays.stream(values.get(option).split(",")).map(parser).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--" + option + " does not take '" + values.get(option) + "':\n" + HELP, e);
        }
    }

    private static int positive(String text) {
        int value = Integer.parseInt(text);
        if (value < 1) {
            throw new IllegalArgumentException(text + " is less than 1");
        }
        return value;
    }

    private static String constant(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    boolean has(Part part) {
        return parts.contains(part);
    }
}
