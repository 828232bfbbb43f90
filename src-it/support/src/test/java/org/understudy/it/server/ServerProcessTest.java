package org.understudy.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.it.support.Jdk;

class ServerProcessTest {

    @TempDir
    Path folder;

    @Test
    void one_that_is_told_to_stop_does_so_in_order() throws Exception {
        Path log = folder.resolve("console.log");
        ServerProcess process = start(log);
        await().until(() -> Files.readString(log).contains("running"));
        process.stop();
        assertThat(process.isRunning()).isFalse();
        assertThat(process.toString()).contains("ended with 143");
        assertThat(log).content().contains("stopped in order");
    }

    @Test
    void one_that_crashed_tells_where_the_report_is() throws Exception {
        Path log = folder.resolve("console.log");
        ServerProcess process = start(log);
        assertThat(process).hasToString("process " + process.pid() + " (see " + log + ")");
        await().until(() -> Files.readString(log).contains("running"));

        new ProcessBuilder("kill", "-SEGV", String.valueOf(process.pid()))
                .start()
                .waitFor();
        await().until(() -> !process.isRunning());
        Path report = folder.resolve("hs_err_pid" + process.pid() + ".log");
        assertThat(process.toString()).contains("see " + log).endsWith(", ended with 1, crashed: see " + report + ")");
    }

    private ServerProcess start(Path log) throws IOException {
        List<String> command = List.of(
                Jdk.running().java().toString(),
                "-XX:-CreateCoredumpOnCrash",
                Leash.option(folder, List.of()),
                "-cp",
                System.getProperty("java.class.path"),
                LeashTest.Endless.class.getName());
        return ServerProcess.start(command, Map.of(), folder, log);
    }
}
