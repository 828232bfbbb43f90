package org.understudy.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.UndoneTransaction;

/**
 * What rollbacks gave up, readable later, under {@code rolled-back/}: a file for each, the oldest deleted when all of them
 * take too much (protocol.md §5). A file counts only once its rollback is done; until then it has another name.
 */
final class RolledBackFolder {
    private static final Logger LOG = System.getLogger("org.understudy.store");
    private static final String UNSETTLED = ".part";

    private final Place place;
    private final Path folder;
    private final long limitBytes;

    RolledBackFolder(Place place, Path home, long limitBytes) {
        this.place = place;
        this.folder = home.resolve("rolled-back");
        this.limitBytes = limitBytes;
    }

    /** Begins the file of a rollback that ends with this record; the same one anew when it is done again after a crash. */
    RolledBackFile begin(RolledBackFile.Header header, Standing last) {
        Standing match = header.matchPoint();
        String name = "after-" + match.generation() + "-" + match.lsn() + "-to-" + last.generation() + "-" + last.lsn();
        return doing("made", () -> {
            Files.createDirectories(folder);
            return new RolledBackFile(folder.resolve(name + UNSETTLED), header);
        });
    }

    /** The rollback is done: its file counts from now on. */
    void settle() {
        doing("settled", () -> {
            for (Path file : list(true)) {
                String name = file.getFileName().toString();
                Path target = file.resolveSibling(name.substring(0, name.length() - UNSETTLED.length()));
                Files.move(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            return folder;
        });
        prune();
    }

    /** A crash came before the rollback: nothing was given up. */
    void discard() {
        doing("cleared", () -> {
            for (Path file : list(true)) {
                Files.delete(file);
            }
            return folder;
        });
    }

    /** The newest stays, however large. */
    private void prune() {
        doing("kept within bounds", () -> {
            List<Path> files = new ArrayList<>(list(false));
            long total = 0;
            for (Path file : files) {
                total += Files.size(file);
            }
            while (total > limitBytes && files.size() > 1) {
                Path oldest = files.remove(0);
                total -= Files.size(oldest);
                Files.delete(oldest);
                LOG.log(
                        Level.WARNING,
                        "USTDY-0411 [" + place + "] deleted " + oldest + ": what rollbacks gave up takes more than"
                                + " rolled-back-retention (" + limitBytes + " bytes)");
            }
            return folder;
        });
    }

    /** All that was given up and is still kept, oldest rollback first. */
    Stream<UndoneTransaction> transactions() {
        return doing("read", () -> list(false)).stream().flatMap(file -> new RolledBackReader(file).transactions());
    }

    private List<Path> list(boolean unsettled) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(UNSETTLED) == unsettled)
                    .sorted(Comparator.comparing(RolledBackFolder::modified).thenComparing(Path::toString))
                    .toList();
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    private <T> T doing(String what, Step<T> step) {
        try {
            return step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "[" + place + "] " + folder + " could not be " + what + " (" + e.getMessage()
                            + "); see to the disk",
                    e);
        }
    }
}
