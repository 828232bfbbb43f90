package org.understudy.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.understudy.ConfigOptions;
import org.understudy.ConfigurationException;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentLockedException;
import org.understudy.Place;
import org.understudy.log.file.HomeLock;
import org.understudy.site.transfer.CheckpointFiles;

/**
 * The home of an environment in memory: a directory of its own in a file system that is memory, gone when the environment is
 * closed. What a killed process left there is cleared away by the next one.
 */
final class MemoryHome implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(MemoryHome.class.getName());
    private static final Set<String> MEMORY_FILE_SYSTEMS = Set.of("tmpfs", "ramfs");
    private static final Pattern NAME = Pattern.compile("understudy-memory-([0-9]+)-.*");

    /** No younger directory is cleared away: its owner may just be about to lock it. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final Path path;

    private MemoryHome(Path path) {
        this.path = path;
    }

    /**
     * Makes one, which nobody but this user can read.
     *
     * @throws ConfigurationException when {@code memory-directory} is not in memory, or can't be written
     */
    static MemoryHome create(EnvironmentConfig config) {
        Path parent = config.memoryDirectory();
        try {
            requireMemory(parent, Place.of(config));
            clearAway(parent);
            String name = "understudy-memory-" + ProcessHandle.current().pid() + "-";
            return new MemoryHome(Files.createTempDirectory(parent, name));
        } catch (IOException e) {
            throw refused(Place.of(config), parent, "can't be used: " + e);
        }
    }

    private static void requireMemory(Path parent, Place place) throws IOException {
        if (!Files.isDirectory(parent)) {
            throw refused(place, parent, "is no directory");
        }
        String type = Files.getFileStore(parent).type();
        if (!MEMORY_FILE_SYSTEMS.contains(type)) {
            throw refused(place, parent, "is not in memory but in a file system of type " + type);
        }
    }

    private static ConfigurationException refused(Place place, Path parent, String why) {
        return new ConfigurationException(
                place,
                List.of("memory-directory=" + parent + " " + why
                        + "; name a directory of a tmpfs that has room for the data and the log"));
    }

    private static void clearAway(Path parent) throws IOException {
        try (Stream<Path> homes = Files.list(parent)) {
            homes.filter(MemoryHome::isOrphan).forEach(MemoryHome::clearAwayOrphan);
        }
    }

    private static boolean isOrphan(Path home) {
        Matcher matcher = NAME.matcher(home.getFileName().toString());
        try {
            return matcher.matches()
                    && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()
                    && Files.isWritable(home)
                    && Files.getLastModifiedTime(home)
                            .toInstant()
                            .isBefore(Instant.now().minus(SETTLED));
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }

    private static void clearAwayOrphan(Path home) {
        Place place = new Place("a killed process's environment in memory", Optional.empty());
        try (HomeLock held = HomeLock.take(home, place)) {
            CheckpointFiles.delete(home);
            LOGGER.log(Level.INFO, "USTDY-0324 cleared away " + home + ", which a killed process left; " + held);
        } catch (EnvironmentLockedException | UncheckedIOException e) {
            LOGGER.log(Level.DEBUG, "USTDY-0325 " + home + " is still in use, or somebody else clears it away", e);
        }
    }

    /** The configuration with this as the home. */
    EnvironmentConfig homeOf(EnvironmentConfig config) {
        return config.toBuilder().set(ConfigOptions.HOME, path).build();
    }

    /** Everything is gone. */
    @Override
    public void close() {
        CheckpointFiles.delete(path);
    }
}
