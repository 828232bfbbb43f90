package org.understudy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays the recorded scenarios. {@code -Dscenarios.regenerate=true} writes down what comes of them now; the difference
 * is for a reviewer.
 */
class ScenarioTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "scenarios");

    @TestFactory
    Stream<DynamicTest> goes_as_recorded() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(FOLDER)) {
            files = found.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> replay(file)));
    }

    private static void replay(Path file) {
        try {
            List<String> recorded = Files.readAllLines(file);
            List<String> now = ScenarioFile.replay(recorded, new ScenarioStage());
            if (Boolean.getBoolean("scenarios.regenerate")) {
                Files.write(file, now);
            } else {
                assertThat(now).isEqualTo(recorded);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
