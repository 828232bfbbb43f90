package org.understudy.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The wall clock of one process, which libfaketime lets jump; its monotonic clock goes on as it is. */
final class WallClock {
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

    private final Path library;
    private final Path file;

    private WallClock(Path library, Path file) {
        this.library = library;
        this.file = file;
    }

    /** One that is told the time through a file; nothing where the library isn't installed. */
    static Optional<WallClock> through(Path file) {
        Optional<WallClock> found =
                LIBRARIES.stream().filter(Files::exists).findFirst().map(library -> new WallClock(library, file));
        found.ifPresent(clock -> clock.jump(0));
        return found;
    }

    /** What the process needs in its environment; without the last, timed waits of a JVM return at once and it spins. */
    Map<String, String> variables() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** Sets it so far before or behind the true time, within a second. */
    void jump(long seconds) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, String.format("%+d%n", seconds));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
