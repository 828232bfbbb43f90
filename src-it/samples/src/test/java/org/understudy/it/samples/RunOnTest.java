package org.understudy.it.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says that starts the sample on servers, if it can't. */
class RunOnTest {

    private static final int BAD_USAGE = 2;

    @TempDir
    Path folder;

    @Test
    void a_server_that_there_is_not_is_refused_with_those_that_there_are() throws Exception {
        refuses("There is no server tomcat here: wildfly, liberty and payara there are", Map.of(), "tomcat");
    }

    @Test
    void servers_are_named_once_for_all_sites_or_one_for_each() throws Exception {
        String message = "Name one server for all three sites, or three, one for each: wildfly, liberty, payara";
        refuses(message, Map.of());
        refuses(message, Map.of(), "wildfly", "payara");
        refuses(message, Map.of(), "--keep");
    }

    @Test
    void a_missing_jdk_is_told() throws Exception {
        refuses(
                "There is no " + folder + "/bin/java: install a JDK 17 or newer, or have JAVA_HOME name one",
                Map.of("JAVA_HOME", folder.toString()),
                "wildfly");
    }

    private static void refuses(String message, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("../../samples/quotes/run-on"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEqualTo(message + "\n");
        assertThat(process.waitFor()).isEqualTo(BAD_USAGE);
    }
}
