package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no tool checks by itself, over the sources of every module. */
class HouseRulesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final int MAX_LINES = 400;

    /** Put together here so that this file does not say it either. */
    private static final String SLEEP = "Thread" + ".sleep";

    private static final List<String> UNFINISHED = List.of("TO" + "DO", "FIX" + "ME", "XX" + "X");

    @Test
    void no_class_knows_everything() {
        assertThat(sources(path -> lines(path) > MAX_LINES))
                .as("files of more than %d lines: split them by duty", MAX_LINES)
                .isEmpty();
    }

    @Test
    void nobody_sleeps() {
        assertThat(sources(path -> text(path).contains(SLEEP)))
                .as("sources that sleep: await a condition, or drive time through a port")
                .isEmpty();
    }

    @Test
    void nothing_is_left_for_later() {
        assertThat(sources(path -> UNFINISHED.stream().anyMatch(text(path)::contains)))
                .as("sources with unfinished business")
                .isEmpty();
    }

    private static List<Path> sources(Predicate<Path> matches) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> sources = files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !ROOT.relativize(path).toString().contains("target/"))
                    .toList();
            assertThat(sources).as("sources under %s", ROOT).isNotEmpty();
            return sources.stream().filter(matches).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path path) {
        return text(path).lines().count();
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
