package org.understudy.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {

    @TempDir
    Path folder;

    @Test
    void the_one_that_runs_is_found_where_there_is_no_other() {
        Jdk running = Jdk.running();
        assertThat(running.java()).isExecutable();
        assertThat(Jdk.atLeast(running.feature()).orElseThrow().feature()).isGreaterThanOrEqualTo(running.feature());
    }

    @Test
    void the_newest_beside_the_one_that_runs_is_found() throws IOException {
        Path running = jdk("jdk-17", "17.0.15");
        Path newest = jdk("jdk-25", "25.0.3");
        jdk("jdk-21", "21.0.1");
        jdk("jdk-8", "1.8.0_432");
        Files.createDirectories(folder.resolve("no-jdk"));
        assertThat(Jdk.find(Optional.empty(), Map.of(), running)).contains(new Jdk(newest, 25));
    }

    @Test
    void one_that_a_variable_names_is_found() throws IOException {
        Path running = jdk("here/jdk-17", "17.0.15");
        Path newest = jdk("there/jdk-25", "25");
        jdk("elsewhere/jdk-26", "26");
        Map<String, String> variables = Map.of(
                "JAVA_HOME_25_X64", newest.toString(),
                "JAVA_HOMESTEAD", folder.resolve("elsewhere/jdk-26").toString());
        assertThat(Jdk.find(Optional.empty(), variables, running)).contains(new Jdk(newest, 25));
    }

    @Test
    void one_that_the_property_names_is_taken_and_no_other() throws IOException {
        Path running = jdk("jdk-17", "17.0.15");
        jdk("jdk-25", "25.0.3");
        Path named = jdk("named/jdk-21", "21.0.1");
        assertThat(Jdk.find(Optional.of(named.toString()), Map.of(), running)).contains(new Jdk(named, 21));
    }

    @Test
    void a_property_that_names_no_jdk_is_refused() {
        assertThatThrownBy(() -> Jdk.find(Optional.of(folder.toString()), Map.of(), folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("understudy.newer-jdk = " + folder);
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Path java = Files.createFile(home.resolve("bin/java"));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"-\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }
}
