package org.understudy.sample.launcher;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.understudy.sample.common.group.News;
import org.understudy.sample.common.group.Tone;

/** One site and the process it runs in, if it runs. */
final class SiteProcess {

    /** Long enough to hand mastership over. */
    private static final long STOP_SECONDS = 40;

    private final int number;
    private final SiteFiles files;
    private final URI page;
    private final String runner;
    private final ProcessBuilder command;
    private final Screen screen;

    private Optional<Process> process = Optional.empty();
    private boolean stopping;

    SiteProcess(int number, SiteFiles files, SiteCommand command, Screen screen) {
        this.number = number;
        this.files = files;
        this.page = command.page(number);
        this.runner = command.runner(number);
        this.command = command.of(number, files)
                .redirectError(Redirect.appendTo(files.log().toFile()));
        this.screen = screen;
    }

    String title() {
        return "Site " + number;
    }

    URI page() {
        return page;
    }

    /** Starts it, unless it runs. */
    synchronized void start() {
        if (process.filter(Process::isAlive).isPresent()) {
            screen.tell(this, new News(Tone.PLAIN, "is running already"));
            return;
        }
        try {
            files.clearTemporary();
            Process started = command.start();
            process = Optional.of(started);
            screen.tell(this, new News(Tone.PLAIN, "starts, on " + runner));
            listen(started);
        } catch (IOException e) {
            throw new UncheckedIOException(title() + " could not be started", e);
        }
    }

    /** Kills it as {@code kill -9} does. */
    synchronized void kill() {
        Optional<Process> running = process.filter(Process::isAlive);
        running.ifPresent(SiteProcess::kill);
        if (running.isEmpty()) {
            screen.tell(this, new News(Tone.PLAIN, "is not running; press " + number + " to start it"));
        }
    }

    /** Asks it to leave in good order, and returns when it has. One that doesn't is killed. */
    void stop() {
        Optional<Process> running = askToStop();
        running.ifPresent(SiteProcess::awaitEnd);
    }

    private synchronized Optional<Process> askToStop() {
        stopping = true;
        process.ifPresent(SiteProcess::closeInput);
        return process;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private void listen(Process started) {
        Thread listener = new Thread(() -> relay(started), title());
        listener.setDaemon(true);
        listener.start();
    }

    /** A server says everything on its standard output: what is news is told, and all of it goes to the log. */
    private void relay(Process started) {
        try (BufferedReader output = started.inputReader(StandardCharsets.UTF_8);
                PrintStream log = new PrintStream(
                        new FileOutputStream(files.log().toFile(), true), true, StandardCharsets.UTF_8)) {
            output.lines().forEach(line -> {
                log.println(line);
                News.parse(line).ifPresent(this::tellUnlessStopping);
            });
        } catch (IOException | UncheckedIOException e) {
            screen.tell(this, new News(Tone.BAD, "can't be heard any more: " + e.getMessage()));
        }
        started.onExit().thenAccept(this::ended).join();
    }

    /** What a group does while all its sites leave is of no interest. */
    private void tellUnlessStopping(News news) {
        if (!isStopping()) {
            screen.tell(this, news);
        }
    }

    private void ended(Process ended) {
        if (isStopping()) {
            screen.tell(this, new News(Tone.PLAIN, "has left"));
        } else {
            screen.tell(
                    this,
                    new News(
                            Tone.BAD,
                            "is gone: " + howItEnded(ended.exitValue()) + "; press " + number + " to start it again"));
        }
    }

    private String howItEnded(int status) {
        return switch (status) {
            case 137 -> "killed";
            case 1 -> "it could not start, see " + files.log();
            default -> "it ended with status " + status;
        };
    }

    /** A server is a child of the script that runs it. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            process.destroy();
        }
    }

    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill(process);
            }
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
        }
    }
}
