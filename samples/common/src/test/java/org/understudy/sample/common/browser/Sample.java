package org.understudy.sample.common.browser;

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

    private final Process process;
    private final int firstPort;
    private final List<String> screen = Collections.synchronizedList(new ArrayList<>());

    /** Starts it, from the directory that it stands in. */
    public Sample(Path data) throws IOException {
        firstPort = freePorts();
        process = new ProcessBuilder(
                        "./run",
                        "--seconds",
                        "300",
                        "--page-port",
                        String.valueOf(firstPort),
                        "--site-port",
                        String.valueOf(firstPort + PORTS / 2),
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .start();
        Thread reader = new Thread(this::read, "screen");
        reader.setDaemon(true);
        reader.start();
    }

    public URI page(int site) {
        return URI.create("http://localhost:" + (firstPort + site - 1) + "/");
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
                .filter(first -> IntStream.range(first, first + PORTS).allMatch(Sample::isFree))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There are no " + PORTS + " free ports in a row"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }
}
