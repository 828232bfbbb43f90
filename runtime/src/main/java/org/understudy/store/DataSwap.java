package org.understudy.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Puts another folder in the place of the data's, so that a crash at any point leaves the old data or the new (protocol.md
 * §5, initialise). A marker file is the turning point: without it what came is thrown away, with it the swap is finished at
 * the next opening. It stays until the log has been made to fit.
 */
final class DataSwap {
    private final Path home;

    DataSwap(Path home) {
        this.home = home;
    }

    /** Where the data is. */
    Path data() {
        return home.resolve("data");
    }

    /** Where a copy is while it is being verified. */
    Path verifying() {
        return home.resolve("data.verifying");
    }

    /** Where copies are in which an earlier moment is looked at. */
    Path past() {
        return home.resolve("data.past");
    }

    /** A folder for one of them, which is not there yet. */
    Path newPast() {
        Path folder = past().resolve(UUID.randomUUID().toString());
        doing("copied to " + folder, () -> Files.createDirectories(past()));
        return folder;
    }

    private Path incoming() {
        return home.resolve("data.incoming");
    }

    private Path outgoing() {
        return home.resolve("data.outgoing");
    }

    private Path marker() {
        return home.resolve("data.swapped");
    }

    /** Puts a folder in the place of the data, which must be closed. */
    void replaceWith(Path folder) {
        doing("replaced by " + folder, () -> {
            delete(incoming());
            delete(outgoing());
            Files.move(folder, incoming(), StandardCopyOption.ATOMIC_MOVE);
            for (Path file : list(incoming())) {
                force(file);
            }
            force(incoming());
            force(home);
            Files.write(marker(), new byte[] {1}, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
            force(home);
        });
        finish();
    }

    /** Finishes a swap that had come to its turning point, or clears away one that had not; makes the data's folder. */
    void finish() {
        doing("swapped to the end", () -> {
            if (isSwapped() && Files.exists(incoming())) {
                if (Files.exists(data())) {
                    Files.move(data(), outgoing(), StandardCopyOption.ATOMIC_MOVE);
                }
                Files.move(incoming(), data(), StandardCopyOption.ATOMIC_MOVE);
                force(home);
            }
            delete(incoming());
            delete(outgoing());
            delete(verifying());
            delete(past());
            Files.createDirectories(data());
        });
    }

    /** Deletes a folder, if it is there. */
    void clear(Path folder) {
        doing("cleared of " + folder, () -> delete(folder));
    }

    /** Whether the data was swapped and the log may not fit it yet. */
    boolean isSwapped() {
        return Files.exists(marker());
    }

    /** Says that the log fits the data. */
    void logFits() {
        doing("marked as swapped", () -> {
            Files.deleteIfExists(marker());
            force(home);
        });
    }

    private void doing(String what, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The data in " + data() + " could not be " + what + " (" + e.getMessage() + "); see to the disk",
                    e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Forces a file or, where the system can, a folder. */
    private static void force(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        if (folder && !FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel channel =
                FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
