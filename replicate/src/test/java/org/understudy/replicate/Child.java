package org.understudy.replicate;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged program as a process of its own. */
final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path JAR = Path.of("target", "understudy-replicate.jar");

    private final Process process;
    private final File output;

    private Child(Process process, File output) {
        this.process = process;
        this.output = output;
    }

    static Child start(Path folder, String... options) throws IOException {
        return start(folder, List.of("-jar", JAR.toString()), options);
    }

    /** The same program, unpackaged and without a library that it needs. */
    static Child startWithout(String library, Path folder, String... options) throws IOException {
        String rest = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(part -> !part.contains(library))
                .collect(Collectors.joining(File.pathSeparator));
        return start(folder, List.of("-cp", rest, Replicate.class.getName()), options);
    }

    private static Child start(Path folder, List<String> program, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(program);
        command.addAll(List.of(options));
        File output = File.createTempFile("replicate", ".log", folder.toFile());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        return new Child(process, output);
    }

    /** All that it has written so far. */
    String output() {
        try {
            return Files.readString(output.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitLine(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(output()).contains(text));
    }

    long pid() {
        return process.pid();
    }

    /** Sends it a SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Sends it a SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end: its exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end:\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
