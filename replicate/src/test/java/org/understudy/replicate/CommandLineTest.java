package org.understudy.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    @TempDir
    private Path folder;

    @Test
    void what_is_typed_wins_over_what_is_in_the_file() throws IOException {
        Path file = Files.writeString(folder.resolve("site.properties"), "home=/data\nack-timeout=2s\n");
        CommandLine line = CommandLine.of(List.of("--config", file.toString(), "--ack-timeout=3s", "--priority", "7"));
        assertThat(line.settings())
                .containsExactlyInAnyOrderEntriesOf(Map.of("home", "/data", "ack-timeout", "3s", "priority", "7"));
    }

    @Test
    void its_own_options_are_no_settings() {
        CommandLine line = CommandLine.of(List.of("--pid-file", "here.pid", "--home", "/data"));
        assertThat(line.pidFile()).contains(Path.of("here.pid"));
        assertThat(line.settings()).containsExactly(Map.entry("home", "/data"));
        assertThat(CommandLine.of(List.of("--help")).wantsHelp()).isTrue();
        assertThat(CommandLine.of(List.of("--version")).wantsVersion()).isTrue();
    }

    @Test
    void what_is_wrong_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("site.properties"), "hme=/data\n");
        refuses("there is no option hme in " + file, "--config", file.toString());
        refuses("there is no option --hme", "--hme", "/data");
        refuses("--home needs a value", "--home");
        refuses("--home needs a value", "--home", "--local-site", "a:1");
        refuses("--home is given twice", "--home", "/a", "--home=/b");
        refuses("\"start\" does not", "start");
        refuses("--config /nowhere can't be read", "--config", "/nowhere");
    }

    private static void refuses(String because, String... words) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> CommandLine.of(List.of(words)))
                .withMessageContaining(because);
    }
}
