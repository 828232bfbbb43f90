package org.understudy.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The command: runs the harness and prints the table. */
public final class Benchmark {
    private static final String NOTE = """
            Three sites in three processes on loopback; 16-byte keys, 100-byte values, each put a transaction of its own,
            acknowledged by a majority. Medians of the rounds; ratio: how many times better Understudy is than JE HA, the
            median of the rounds' ratios. Processor: all three sites, load included, per operation. Absolute figures hold
            for one machine and one hour.
            """;

    private static final int USAGE = 2;

    private Benchmark() {}

    /** The first argument is the benchmarks' own directory, the others are {@link Options}. */
    public static void main(String[] arguments) throws IOException {
        Path benchmarks = Path.of(arguments[0]);
        List<String> given = List.of(arguments).subList(1, arguments.length);
        if (given.contains("--help")) {
            System.out.print(Options.HELP);
            return;
        }
        Options options;
        try {
            options = Options.parse(given);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
            return;
        }
        run(benchmarks, options);
    }

    private static void run(Path benchmarks, Options options) throws IOException {
        Path directory = benchmarks.resolve("target").resolve("run");
        delete(directory);
        Results results = new Harness(options, directory, System.err).run();
        Table table = new Table(results, options.contenders());
        System.out.println();
        System.out.println(table.text());
        System.out.print(NOTE);
        if (options.save()) {
            System.out.println("Saved as " + save(table, benchmarks.resolve("results")));
        }
    }

    private static Path save(Table table, Path results) throws IOException {
        Files.createDirectories(results);
        String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm"));
        String text = "# Understudy and Berkeley DB JE HA, " + time + "\n\n" + table.markdown() + "\n" + machine()
                + "\n" + NOTE;
        return Files.writeString(results.resolve(time + ".md"), text);
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + Runtime.version() + ".\n";
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
