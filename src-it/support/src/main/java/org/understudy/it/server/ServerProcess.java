package org.understudy.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The JVM of a server, started without a shell script in between: it is the process that is killed. */
final class ServerProcess {

    private static final Duration STOPPING = Duration.ofSeconds(90);

    private final Process process;
    private final Path folder;
    private final Path log;

    private ServerProcess(Process process, Path folder, Path log) {
        this.process = process;
        this.folder = folder;
        this.log = log;
    }

    /** Starts one that says all it says into a file, behind what that holds. */
    static ServerProcess start(List<String> command, Map<String, String> variables, Path folder, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(variables);
        try {
            ServerProcess started = new ServerProcess(builder.start(), folder, log);
            Runtime.getRuntime().addShutdownHook(new Thread(started.process::destroyForcibly));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Says a line to its {@link Leash}. */
    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(this + " takes no orders", e);
        }
    }

    /** As {@code kill -9}; it has gone when this returns. */
    void kill() {
        process.destroyForcibly();
        await(Duration.ofSeconds(30));
    }

    /** As {@code kill}, which is how each of the servers is told to stop in order; it has gone when this returns. */
    void stop() {
        // Not by the process itself, which would close its standard input, too: the leash would end it at once.
        process.toHandle().destroy();
        try {
            await(STOPPING);
        } finally {
            process.destroyForcibly();
        }
    }

    private void await(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(this + " has not ended within " + patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + this + " was to end", e);
        }
    }

    /** How much memory it has from the operating system now. */
    long residentMebibytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) / 1024)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(this + " has ended"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How it ended, with what a JVM that crashed leaves where it was started; empty while it runs. */
    private String end() {
        if (isRunning()) {
            return "";
        }
        Path crash = folder.resolve("hs_err_pid" + pid() + ".log");
        return ", ended with " + process.exitValue() + (Files.exists(crash) ? ", crashed: see " + crash : "");
    }

    @Override
    public String toString() {
        return "process " + pid() + " (see " + log + end() + ")";
    }
}
