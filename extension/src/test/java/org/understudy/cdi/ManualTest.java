package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.understudy.ConfigOption;
import org.understudy.cdi.config.ApplicationOptions;

class ManualTest {

    private static final Path MANUAL = Path.of("..", "docs", "cdi.md");
    private static final Path EXPECTED = Path.of("target", "application-options.md");

    @Test
    void the_manual_lists_the_options_of_an_application() throws IOException {
        List<String> expected = table();
        Files.write(EXPECTED, expected);
        assertThat(Files.readAllLines(MANUAL).stream()
                        .dropWhile(line -> !line.startsWith("<!-- options: begin"))
                        .skip(1)
                        .takeWhile(line -> !line.startsWith("<!-- options: end")))
                .as("the table in docs/cdi.md; what it should be is in extension/%s", EXPECTED)
                .containsExactlyElementsOf(expected);
    }

    private static List<String> table() {
        Stream<String> head = Stream.of(
                "| property | kind | unless set | accepted | what it does |", "| --- | --- | --- | --- | --- |");
        return Stream.concat(head, ApplicationOptions.all().stream().map(ManualTest::row))
                .toList();
    }

    private static <T> String row(ConfigOption<T> option) {
        String unlessSet = option.defaultValue()
                .map(option::format)
                .filter(text -> !text.isEmpty())
                .map(text -> "`" + text + "`")
                .orElse("–");
        return "| `understudy." + option.key() + "` | " + option.type().name() + " | " + unlessSet + " | "
                + option.accepted() + " | " + option.description() + " |";
    }
}
