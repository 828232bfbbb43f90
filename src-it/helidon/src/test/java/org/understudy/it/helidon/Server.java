package org.understudy.it.helidon;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.understudy.it.support.Check;
import org.understudy.it.support.FreePorts;
import org.understudy.it.support.Http;
import org.understudy.it.support.Jdk;

/** The application in a process of its own, as {@code java -cp … io.helidon.Main} starts it. */
final class Server implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private final Process process;
    private final Path log;
    private final Http http;

    private Server(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.http = new Http(port, "");
    }

    /** Begins to start it, with some properties of the system: {@code -Dname=value}. */
    static Server launch(Jdk jdk, String name, List<String> properties) {
        int port = FreePorts.find(1).get(0);
        Path log = TARGET.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(jdk.java().toString(), "-Xmx256m"));
        command.addAll(jdk.flags());
        command.add("-Djava.io.tmpdir=" + TARGET.resolve("tmp"));
        command.add("-Dserver.port=" + port);
        command.addAll(properties);
        command.addAll(List.of("-cp", classPath(), "io.helidon.Main"));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new Server(process, log, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and waits until it answers. */
    static Server start(Jdk jdk, String name, List<String> properties) {
        Server server = launch(jdk, name, properties);
        try {
            await().atMost(PATIENCE).until(() -> {
                if (!server.process.isAlive()) {
                    throw new AssertionError("It ended by itself: " + server.log());
                }
                return server.answers();
            });
            return server;
        } catch (RuntimeException | AssertionError e) {
            server.close();
            throw e;
        }
    }

    /** What lies beside each other on the class path: the application, and all it depends on. */
    static String classPath() {
        try {
            return TARGET.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(TARGET.resolve("classpath")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it answers. */
    Http http() {
        return http;
    }

    /** One of our health checks, over HTTP. */
    Check check(String kind) {
        return Check.of(
                http.get("health/" + kind).body(),
                switch (kind) {
                    case "live" -> "understudy-liveness";
                    case "ready" -> "understudy-readiness";
                    default -> "understudy-startup";
                });
    }

    /** Everything it has printed. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its exit status, once it has ended by itself. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("It did not end; see " + log);
        }
        return process.exitValue();
    }

    /** Has it stop in good order. */
    void stop() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private boolean answers() {
        try {
            return http.get("site/group").ok();
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }
}
