package org.understudy.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.understudy.benchmarks.Message;
import org.understudy.benchmarks.site.SiteOptions;

/** A site's process as the harness sees it; it never outlives the harness. */
final class SiteProcess implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

    private final SiteOptions options;
    private final Path log;
    private final Process process;
    private final Writer commands;
    private final BlockingQueue<Message> replies = new LinkedBlockingQueue<>();
    private final Thread killer;

    private SiteProcess(SiteOptions options, Path log, Process process) {
        this.options = options;
        this.log = log;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        Thread reader = new Thread(this::read, "replies of " + options.address());
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns once the JVM runs; the site itself starts with the first line sent to it. */
    static SiteProcess start(List<String> command, SiteOptions options, Path log, Duration limit) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            SiteProcess site = new SiteProcess(options, log, process);
            site.awaitReply("start", limit);
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException("The process of " + options.address() + " does not start: " + command, e);
        }
    }

    SiteOptions options() {
        return options;
    }

    String address() {
        return options.address();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Sends one command and returns its reply, which is {@code ok}: anything else is thrown. */
    Message call(Message command, Duration limit) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(describe(command.toString(), "can't be told"), e);
        }
        return awaitReply(command.toString(), limit);
    }

    private Message awaitReply(String command, Duration limit) {
        Message reply = poll(limit)
                .orElseThrow(() -> new IllegalStateException(describe(command, "did not answer within " + limit)));
        if (!reply.isOk()) {
            throw new IllegalStateException(describe(command, "answered " + reply));
        }
        return reply;
    }

    private Optional<Message> poll(Duration limit) {
        try {
            return Optional.ofNullable(replies.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private String describe(String command, String what) {
        return "Site " + address() + " " + what + " at '" + command + "': see its log, " + log;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                replies.add(Message.parse(line));
            }
            replies.add(Message.failed(new IllegalStateException("process ended")));
        } catch (IOException e) {
            replies.add(Message.failed(e));
        }
    }

    /** {@code kill -9}: returns as soon as the signal is sent. */
    void kill() {
        process.destroyForcibly();
    }

    void awaitEnd() {
        waitFor();
        Runtime.getRuntime().removeShutdownHook(killer);
    }

    private void waitFor() {
        try {
            if (!process.waitFor(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the site close in good order: the end of its input is its word to leave. */
    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            // It has gone already, and took its end of the pipe with it.
            process.destroyForcibly();
        }
        awaitEnd();
    }
}
