package org.understudy.site.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.understudy.BackupInfo;
import org.understudy.ConfigurationException;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Place;
import org.understudy.log.file.DiskDirectory;
import org.understudy.log.file.HomeLock;

/** Fills an empty home with a backup. */
public final class Restore {
    /** There while a home is being filled: such a home can't be opened. */
    private static final String UNFINISHED = "restore.unfinished";

    private final Place place;
    private final Path backup;
    private final Path home;

    /** From a backup to a home. */
    public Restore(Place place, Path backup, Path home) {
        this.place = place;
        this.backup = backup.toAbsolutePath();
        this.home = home.toAbsolutePath();
    }

    /**
     * Copies and checks every file.
     *
     * @throws IllegalArgumentException when the home is not empty, or there is no backup
     * @throws EnvironmentCorruptedException when a file of the backup is not what was written
     */
    public BackupInfo run() {
        try {
            Manifest manifest = Manifest.read(backup, place);
            HomeLock lock = HomeLock.take(home, place);
            try (lock) {
                requireEmpty();
                DiskDirectory directory = new DiskDirectory(home);
                directory.replace(UNFINISHED, new byte[] {1});
                for (BackupFile file : manifest.files()) {
                    copy(file);
                }
                directory.force();
                directory.delete(UNFINISHED);
                directory.force();
            }
            return manifest.info(backup);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "[" + place + "] the backup in " + backup + " could not be restored to " + home + ": "
                            + e.getMessage() + "; empty the home and begin again",
                    e);
        }
    }

    /** Refuses a home in which a restore was begun and not finished. */
    public static void requireFinished(Path home, Place place) {
        if (Files.exists(home.resolve(UNFINISHED))) {
            throw new ConfigurationException(
                    place,
                    List.of("home=" + home + ": a backup was being restored here, and that was not finished;"
                            + " empty the home and restore it again"));
        }
    }

    private void requireEmpty() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            if (files.anyMatch(file -> !file.getFileName().toString().equals(HomeLock.NAME))) {
                throw new IllegalArgumentException("[" + place + "] the home " + home + " is not empty, and"
                        + " a restore overwrites nothing: empty it, or name a new one");
            }
        }
    }

    private void copy(BackupFile wanted) throws IOException {
        Path from = backup.resolve(wanted.name()).normalize();
        if (!from.startsWith(backup) || !Files.exists(from)) {
            throw damaged(wanted, "is missing");
        }
        BackupFile copied = BackupFile.copy(from, home, wanted.name());
        if (!copied.equals(wanted)) {
            throw damaged(
                    wanted,
                    "is not what was written: " + copied.bytes() + " bytes instead of " + wanted.bytes()
                            + ", or other ones");
        }
        new DiskDirectory(home.resolve(wanted.name()).getParent()).force();
    }

    private EnvironmentCorruptedException damaged(BackupFile file, String what) {
        return new EnvironmentCorruptedException(
                place,
                "the file " + file.name() + " of the backup in " + backup + " " + what + "; take another backup");
    }
}
