package org.understudy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conformance scenarios by their words: {@code scenarios.txt}, read. */
final class Scenarios {
    static final Path SOURCE = Path.of("src", "test", "resources", "scenarios.txt");

    private final List<Scenario> all = new ArrayList<>();
    private String section = "";

    /**
     * One scenario.
     *
     * @param section the part it belongs to
     * @param number its number, as in {@code S01}
     * @param words what happens
     * @param difference what comes of it here, where that is not what Berkeley DB does
     * @param tests tests of another name that show it, as {@code Class.method}
     * @param later why it is not shown yet
     */
    record Scenario(
            String section,
            String number,
            String words,
            Optional<String> difference,
            List<String> tests,
            Optional<String> later) {

        private Scenario withDifference(String text) {
            return new Scenario(section, number, words, Optional.of(text), tests, later);
        }

        private Scenario withTest(String name) {
            List<String> more = new ArrayList<>(tests);
            more.add(name);
            return new Scenario(section, number, words, difference, List.copyOf(more), later);
        }

        private Scenario withLater(String reason) {
            return new Scenario(section, number, words, difference, tests, Optional.of(reason));
        }
    }

    private Scenarios() {}

    /** All of them, in their order. */
    static List<Scenario> read() {
        Scenarios scenarios = new Scenarios();
        try {
            Files.readAllLines(SOURCE).stream().filter(line -> !line.isEmpty()).forEach(scenarios::take);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(scenarios.all);
    }

    private void take(String line) {
        if (line.startsWith("## ")) {
            section = line.substring(3);
        } else if (line.matches("S\\d\\d .+")) {
            all.add(new Scenario(
                    section, line.substring(0, 3), line.substring(4), Optional.empty(), List.of(), Optional.empty()));
        } else {
            Scenario last = all.remove(all.size() - 1);
            all.add(more(last, line));
        }
    }

    private static Scenario more(Scenario scenario, String line) {
        String[] words = line.strip().split(" ", 2);
        return switch (words[0]) {
            case "differs" -> scenario.withDifference(words[1]);
            case "test" -> scenario.withTest(words[1]);
            case "later" -> scenario.withLater(words[1]);
            default -> throw new IllegalArgumentException(SOURCE + " has a line nobody understands: \"" + line + "\"");
        };
    }
}
