package org.understudy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests there are, found in the sources of all modules; those named after a scenario are its own. */
final class ScenarioTests {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path RECORDED = Path.of("src", "test", "resources", "scenarios");
    private static final Pattern TEST =
            Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b[^;{}]*?\\s(?:void|>) (\\w+)\\(");
    private static final Pattern NUMBERS = Pattern.compile("^((?:S\\d\\d[_-])+)");

    private final TreeSet<String> names = new TreeSet<>();
    private final Map<String, List<String>> byNumber = new TreeMap<>();

    /** Looks through all test sources and all recorded scenarios. */
    ScenarioTests() {
        files(RECORDED, ".txt")
                .forEach(file ->
                        add(file.getFileName().toString(), file.getFileName().toString()));
        for (String module : List.of("runtime", "extension", "src-it")) {
            files(ROOT.resolve(module), ".java").stream()
                    .filter(file -> file.toString().contains("/src/test/java/"))
                    .forEach(this::scan);
        }
    }

    private static List<Path> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void scan(Path file) {
        String className = file.getFileName().toString().replace(".java", "");
        Matcher tests = TEST.matcher(text(file));
        while (tests.find()) {
            String name = className + "." + tests.group(1);
            add(tests.group(1), name);
            add(className, name);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String named, String name) {
        names.add(name);
        Matcher numbers = NUMBERS.matcher(named);
        if (numbers.find()) {
            for (String number : numbers.group(1).split("[_-]")) {
                byNumber.computeIfAbsent(number, none -> new ArrayList<>()).add(name);
            }
        }
    }

    /** Whether there is such a test: {@code Class.method}, or a recorded scenario's file. */
    boolean contains(String name) {
        return names.contains(name);
    }

    /** The tests named after a scenario. */
    List<String> of(String number) {
        return byNumber.getOrDefault(number, List.of());
    }

    /** Every number that a test carries. */
    List<String> numbers() {
        return List.copyOf(byNumber.keySet());
    }
}
