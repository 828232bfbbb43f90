package org.understudy.site;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** A {@link KilledSite} in a process of its own, as the test that kills it sees it. */
final class SiteProcess {
    private final Process process;
    private final BufferedWriter orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Thread listener;

    private SiteProcess(Process process, LongConsumer acked) {
        this.process = process;
        this.orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.listener = new Thread(() -> listen(acked));
        listener.start();
    }

    /** Starts one; {@code acked} is told each serial that was acknowledged. What it logs goes to a file beside its home. */
    static SiteProcess start(Path home, List<String> arguments, LongConsumer acked) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KilledSite.class.getName()));
        command.add(home.toString());
        command.addAll(arguments);
        try {
            Path log = home.resolveSibling(home.getFileName() + ".log");
            return new SiteProcess(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start(),
                    acked);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(LongConsumer acked) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ack ")) {
                    acked.accept(Long.parseLong(line.substring(4)));
                } else if (!line.startsWith("not ")) {
                    answers.add(line);
                }
            }
        } catch (IOException e) {
            answers.add("ended");
        }
    }

    /** Kills it without a warning, and hears out what it had said before. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        listener.join();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Gives an order and returns the answer that begins with a word; other lines are left out. */
    Optional<String> ask(String order, String word) throws InterruptedException {
        try {
            orders.write(order);
            orders.newLine();
            orders.flush();
        } catch (IOException e) {
            return Optional.empty();
        }
        for (String line = answers.poll(60, TimeUnit.SECONDS);
                line != null;
                line = answers.poll(60, TimeUnit.SECONDS)) {
            if (line.startsWith(word)) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }
}
