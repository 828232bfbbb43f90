package org.understudy.harness;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A {@link ChildSite} in a process of its own, as the test that torments it sees it. */
final class SiteProcess {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedWriter orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Thread listener;

    SiteProcess(Process process, Consumer<String> heard) {
        this.process = process;
        this.orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.listener = new Thread(() -> listen(heard));
        listener.start();
    }

    private void listen(Consumer<String> heard) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ChildSite.ANSWER)) {
                    answers.add(line.substring(ChildSite.ANSWER.length()));
                } else {
                    heard.accept(line);
                }
            }
        } catch (IOException e) {
            heard.accept("ended " + e);
        }
    }

    /**
     * Kills it without a warning, and hears out what it had said before. By the system's own means: the JDK's would close
     * the pipe with what is still in it.
     */
    void kill() {
        try {
            signal("KILL");
            process.waitFor();
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it in order; whether it came to its end by itself. */
    boolean end() throws InterruptedException {
        boolean ended = order("end") && process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        listener.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return ended && process.exitValue() == 0;
    }

    /** Halts it in the middle of whatever it does; none of its threads runs any more when this returns. */
    void stop() {
        signal("STOP");
        await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(this::isStopped);
    }

    /** Where the system tells of threads; elsewhere it is believed. */
    private boolean isStopped() {
        Path tasks = Path.of("/proc", String.valueOf(process.pid()), "task");
        if (!Files.isDirectory(tasks)) {
            return true;
        }
        try (Stream<Path> threads = Files.list(tasks)) {
            return threads.map(SiteProcess::state).allMatch(state -> state == 'T' || state == 'Z');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static char state(Path thread) {
        try {
            String told = Files.readString(thread.resolve("stat"));
            return told.charAt(told.lastIndexOf(')') + 2);
        } catch (IOException ended) {
            return 'Z';
        }
    }

    /** Lets it go on as if nothing had been. */
    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Gives an order and returns the answer; empty when none came. */
    Optional<String> ask(String order) throws InterruptedException {
        return order(order) ? Optional.ofNullable(answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) : Optional.empty();
    }

    private boolean order(String order) {
        try {
            orders.write(order);
            orders.newLine();
            orders.flush();
            return true;
        } catch (IOException ended) {
            return false;
        }
    }
}
