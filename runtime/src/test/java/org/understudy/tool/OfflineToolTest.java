package org.understudy.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;

class OfflineToolTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... args) {
        printed.reset();
        return new OfflineTool(new PrintStream(printed, true, StandardCharsets.UTF_8)).run(List.of(args));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void put(String home, String value) {
        try (Environment environment =
                Environment.open(EnvironmentConfig.builder(folder.resolve(home)).build())) {
            names(environment).put("k", value);
        }
    }

    private static Database<String, String> names(Environment environment) {
        return environment.database("names", Codecs.STRING, Codecs.STRING);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void it_restores_verifies_and_compares() {
        try (Environment environment = Environment.open(
                EnvironmentConfig.builder(folder.resolve("one")).build())) {
            names(environment).put("k", "1");
            environment.backup(folder.resolve("backup"));
            assertThat(run("verify", path("one"))).isEqualTo(2);
            assertThat(printed()).contains("is in use by");
        }
        assertThat(run("restore", path("backup"), path("other"))).isZero();
        assertThat(run("verify", path("one"))).isZero();
        assertThat(printed()).contains("at 0/2: 2 records", "1 keys compared", "all sound");
        assertThat(run("compare", path("one"), path("other"))).isZero();
        assertThat(printed()).contains("1 keys in both, 0 differ; the logs don't part");
        put("one", "2");
        put("other", "3");
        assertThat(run("compare", path("one"), path("other"))).isEqualTo(1);
        assertThat(printed())
                .contains("1 keys in both, 1 differ; the logs part at LSN 3", "names/6b: 32 by LSN 3, 33 by LSN 3");
    }

    @Test
    void what_it_does_not_understand_it_explains() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("verify")).isEqualTo(2);
        assertThat(printed()).startsWith("usage: verify HOME");
        assertThat(run("restore", path("nothing"), path("home"))).isEqualTo(2);
        assertThat(printed()).contains("is no backup");
    }
}
