package org.understudy.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.it.support.Jdk;

class LeashTest {

    /** A program that never ends by itself. */
    static final class Endless {
        private Endless() {}

        public static void main(String[] args) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopped in order")));
            System.out.println("running");
            new CountDownLatch(1).await();
        }
    }

    /** Repeats the orders that its process is given. */
    public static final class Echo {
        private Echo() {}

        /** Hears one. */
        public static void heard(String order) {
            System.out.println("heard " + order);
        }
    }

    @TempDir
    Path folder;

    @Test
    void a_process_hears_orders_and_ends_when_the_one_that_started_it_has_gone() throws Exception {
        Process process = start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("running");
            process.getOutputStream().write("fetch\n".getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            assertThat(said.readLine()).isEqualTo("heard fetch");
            assertThat(process.isAlive()).isTrue();

            // What the operating system does for a process that has gone, however it went.
            process.getOutputStream().close();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Jdk.running().java().toString(),
                        Leash.option(folder, List.of(Echo.class)),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Endless.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
