package org.understudy.sample.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What one site has on the disk: its environment, its log and its temporary files. */
record SiteFiles(Path directory) {

    Path home() {
        return directory.resolve("home");
    }

    Path log() {
        return directory.resolve("site.log");
    }

    Path temporary() {
        return directory.resolve("tmp");
    }

    /** Removes all of it. */
    void clear() {
        delete(directory);
    }

    /** Removes what a killed process left in its temporary folder: the native libraries it had unpacked. */
    void clearTemporary() {
        delete(temporary());
        try {
            Files.createDirectories(temporary());
        } catch (IOException e) {
            throw new UncheckedIOException("Can't make " + temporary(), e);
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Can't remove " + directory, e);
        }
    }
}
