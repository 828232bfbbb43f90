package org.understudy.sample.common.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.understudy.sample.common.group.News;
import org.understudy.sample.common.group.Tone;

/** One site and the process it runs in, if it runs. */
final class SiteProcess {

    /** Long enough to hand mastership over. */
    private static final long STOP_SECONDS = 15;

    private final int number;
    private final SiteFiles files;
    private final URI page;
    private final List<String> command;
    private final Screen screen;

    private Optional<Process> process = Optional.empty();
    private boolean stopping;

    SiteProcess(int number, SiteFiles files, URI page, List<String> command, Screen screen) {
        this.number = number;
        this.files = files;
        this.page = page;
        this.command = command;
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
            Process started = new ProcessBuilder(command)
                    .redirectError(Redirect.appendTo(files.log().toFile()))
                    .start();
            process = Optional.of(started);
            screen.tell(this, new News(Tone.PLAIN, "starts, process " + started.pid()));
            listen(started);
        } catch (IOException e) {
            throw new UncheckedIOException(title() + " could not be started", e);
        }
    }

    /** Kills it as {@code kill -9} does. */
    synchronized void kill() {
        Optional<Process> running = process.filter(Process::isAlive);
        running.ifPresent(Process::destroyForcibly);
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

    private void relay(Process started) {
        try (BufferedReader output = started.inputReader(StandardCharsets.UTF_8)) {
            output.lines().map(News::parse).flatMap(Optional::stream).forEach(this::tellUnlessStopping);
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
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
