package org.understudy.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folders for temporary files that native libraries are unpacked into. They are named after their process, so that the
 * next one clears away what a killed one has left. Each class loader of a process has one of its own.
 */
final class NativeFolders {
    private static final Logger LOGGER = System.getLogger(NativeFolders.class.getName());
    private static final String PREFIX = "understudy-rocksdb-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,18})-.*");

    /** How far the clock may have been set meanwhile. */
    private static final Duration CLOCK = Duration.ofMinutes(1);

    private NativeFolders() {}

    /** Makes one for this process, which nobody but this user can write to. */
    static Path create() throws IOException {
        return Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
    }

    /** Deletes those of processes that are gone, where this user may. */
    static void clearAway() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            folders.forEach(NativeFolders::clearAway);
        } catch (IOException | DirectoryIteratorException e) {
            LOGGER.log(Level.DEBUG, "USTDY-0252 " + parent + " cannot be looked through", e);
        }
    }

    private static void clearAway(Path folder) {
        try {
            if (isOrphan(folder)) {
                delete(folder);
                LOGGER.log(Level.INFO, "USTDY-0251 cleared away {0}, which a killed process left", folder);
            }
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "USTDY-0253 " + folder + " is not cleared away: it is another user's, or gone", e);
        }
    }

    /** A process that is younger than the folder only has the number of the one that made it, as in a restarted container. */
    private static boolean isOrphan(Path folder) throws IOException {
        Matcher matcher = NAME.matcher(folder.getFileName().toString());
        if (!matcher.matches() || !Files.isDirectory(folder)) {
            return false;
        }
        Instant made = Files.getLastModifiedTime(folder).toInstant();
        return ProcessHandle.of(Long.parseLong(matcher.group(1)))
                .map(process -> process.info()
                        .startInstant()
                        .filter(made.plus(CLOCK)::isBefore)
                        .isPresent())
                .orElse(true);
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
