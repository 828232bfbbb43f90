package org.understudy.sample.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the command line asks for.
 *
 * @param pagePort where the first site's page is; the others follow
 * @param sitePort where the first site listens for the others; the others follow
 * @param sites the directory of the sites' data
 * @param keep whether to go on with the data of the last run
 * @param runTime after how long to stop by itself
 */
record LauncherOptions(int pagePort, int sitePort, Path sites, boolean keep, Optional<Duration> runTime) {

    static final int SITE_COUNT = 3;
    private static final int HIGHEST_FIRST_PORT = 65_535 - SITE_COUNT + 1;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it makes no sense; the message says what does
     */
    static LauncherOptions parse(Program program, List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        LauncherOptions options = new LauncherOptions(
                program.pagePort(), program.sitePort(), Path.of("target", "sites"), false, Optional.empty());
        while (!rest.isEmpty()) {
            options = options.with(rest.removeFirst(), rest);
        }
        if (Math.abs(options.pagePort - options.sitePort) < SITE_COUNT) {
            throw new IllegalArgumentException("--page-port " + options.pagePort + " and --site-port "
                    + options.sitePort + " overlap: each needs " + SITE_COUNT + " ports");
        }
        return options;
    }

    List<Integer> pagePorts() {
        return ports(pagePort);
    }

    List<Integer> sitePorts() {
        return ports(sitePort);
    }

    private LauncherOptions with(String name, Deque<String> rest) {
        return switch (name) {
            case "--keep" -> new LauncherOptions(pagePort, sitePort, sites, true, runTime);
            case "--seconds" ->
                new LauncherOptions(
                        pagePort,
                        sitePort,
                        sites,
                        keep,
                        Optional.of(Duration.ofSeconds(number(name, rest, 1, 1_000_000))));
            case "--page-port" ->
                new LauncherOptions(number(name, rest, 1, HIGHEST_FIRST_PORT), sitePort, sites, keep, runTime);
            case "--site-port" ->
                new LauncherOptions(pagePort, number(name, rest, 1, HIGHEST_FIRST_PORT), sites, keep, runTime);
            case "--data" -> new LauncherOptions(pagePort, sitePort, Path.of(value(name, rest)), keep, runTime);
            default -> throw new IllegalArgumentException("There is no option " + name);
        };
    }

    private static String value(String name, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(name + " needs a value after it");
        }
        return rest.removeFirst();
    }

    private static int number(String name, Deque<String> rest, int least, int most) {
        String text = value(name, rest);
        if (text.matches("[0-9]{1,7}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(name + " takes a number from " + least + " to " + most + ", not " + text);
    }

    private static List<Integer> ports(int first) {
        return IntStream.range(first, first + SITE_COUNT).boxed().toList();
    }
}
