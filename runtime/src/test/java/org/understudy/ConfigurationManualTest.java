package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationManualTest {

    private static final Path MANUAL = Path.of("..", "docs", "configuration.md");
    private static final Path EXPECTED = Path.of("target", "configuration-options.md");

    @Test
    void the_manual_lists_the_options_there_are() throws IOException {
        List<String> expected = table();
        Files.write(EXPECTED, expected);
        assertThat(Files.readAllLines(MANUAL).stream()
                        .dropWhile(line -> !line.startsWith("<!-- options: begin"))
                        .skip(1)
                        .takeWhile(line -> !line.startsWith("<!-- options: end")))
                .as("the table in docs/configuration.md; what it should be is in runtime/%s", EXPECTED)
                .containsExactlyElementsOf(expected);
    }

    @Test
    void every_option_can_be_set_by_its_key_to_its_default() {
        EnvironmentConfigBuilder builder = EnvironmentConfig.builder(Path.of("home"));
        ConfigOptions.all().forEach(option -> defaultText(option).forEach(text -> builder.set(option.key(), text)));
        EnvironmentConfig config = builder.build();
        assertThat(ConfigOptions.all()).allSatisfy(option -> assertThat(config.find(option))
                .isEqualTo(EnvironmentConfig.builder(Path.of("home")).build().find(option)));
    }

    @Test
    void every_option_is_described_in_whole_sentences() {
        assertThat(ConfigOptions.all())
                .allMatch(option -> option.key().matches("[a-z]+(-[a-z]+)*"))
                .allMatch(option -> option.description().matches("[A-Z].*\\."))
                .doesNotHaveDuplicates();
    }

    private static List<String> table() {
        Stream<String> head = Stream.of(
                "| option | kind | unless set | accepted | what it does |", "| --- | --- | --- | --- | --- |");
        return Stream.concat(head, ConfigOptions.all().stream().map(ConfigurationManualTest::row))
                .toList();
    }

    private static <T> String row(ConfigOption<T> option) {
        String unlessSet = defaultText(option)
                .filter(text -> !text.isEmpty())
                .map(text -> "`" + text + "`")
                .findFirst()
                .orElse("–");
        return "| `" + option.key() + "` | " + option.type().name() + " | " + unlessSet + " | " + option.accepted()
                + " | " + option.description() + " |";
    }

    private static <T> Stream<String> defaultText(ConfigOption<T> option) {
        return option.defaultValue().map(option::format).stream();
    }
}
