package org.understudy.sample.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A sample as its README starts it, with its terminal in the test's hands. */
public final class Sample implements AutoCloseable {

    private static final int PORTS = 6;
    private static final int FIRST_PORT_TRIED = 18_001;
    private static final int LAST_PORT_TRIED = 28_001;

    /** What else is taken, as far from a site's page: ports of servers. */
    private static final List<Integer> OTHER_PORTS = List.of(100, 200);

    private final Process process;
    private final int firstPort;
    private final String path;
    private final List<String> screen = Collections.synchronizedList(new ArrayList<>());

    /** Starts it, from the directory that it stands in. */
    public Sample(Path data) throws IOException {
        this(data, "/", "./run");
    }

    /** Starts it by a command, which has it serve its pages at a path. */
    public Sample(Path data, String path, String... start) throws IOException {
        this.path = path;
        firstPort = freePorts();
        List<String> command = new ArrayList<>(List.of(start));
        command.addAll(List.of("--seconds", "300", "--data", data.toString()));
        command.addAll(List.of("--page-port", String.valueOf(firstPort)));
        command.addAll(List.of("--site-port", String.valueOf(firstPort + PORTS / 2)));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread reader = new Thread(this::read, "screen");
        reader.setDaemon(true);
        reader.start();
    }

    public URI page(int site) {
        return URI.create("http://localhost:" + (firstPort + site - 1) + path);
    }

    public void press(String keys) throws IOException {
        Writer keyboard = process.outputWriter(StandardCharsets.UTF_8);
        keyboard.write(keys);
        keyboard.flush();
    }

    /** Everything that the terminal has shown. */
    public String screen() {
        return String.join("\n", List.copyOf(screen));
    }

    /** The exit status, once it has ended by itself. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("The sample did not end:\n" + screen());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(screen::add);
        } catch (IOException | UncheckedIOException e) {
            screen.add("The terminal is gone: " + e.getMessage());
        }
    }

    private static int freePorts() {
        return IntStream.iterate(FIRST_PORT_TRIED, first -> first < LAST_PORT_TRIED, first -> first + PORTS)
                .filter(first -> takenFrom(first).allMatch(Sample::isFree))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There are no " + PORTS + " free ports in a row"));
    }

    private static IntStream takenFrom(int first) {
        IntStream others = OTHER_PORTS.stream().flatMapToInt(distance -> {
            int other = first + distance;
            return IntStream.range(other, other + PORTS / 2);
        });
        return IntStream.concat(IntStream.range(first, first + PORTS), others);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }
}
