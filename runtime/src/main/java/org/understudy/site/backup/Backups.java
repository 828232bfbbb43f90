package org.understudy.site.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.understudy.BackupInfo;
import org.understudy.EnvironmentConfig;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.UnavailableException;
import org.understudy.log.MemberTable;
import org.understudy.log.RecordBatch;
import org.understudy.log.file.DiskDirectory;
import org.understudy.log.file.Log;
import org.understudy.log.file.LogOptions;
import org.understudy.site.transfer.CheckpointFiles;
import org.understudy.store.CheckpointInfo;
import org.understudy.store.Store;

/**
 * Makes backups of an open environment, while it is written and read: a checkpoint of the data, and of the log what may still
 * be undone in it. The ballot is never in a backup (protocol.md §2.2), so what is restored is another incarnation.
 */
public final class Backups {
    private static final int ATTEMPTS = 3;
    private static final int PIECE_BYTES = 4 << 20;

    private final EnvironmentConfig config;
    private final Place place;
    private final Path workspace;
    private final Log log;
    private final Store store;

    /** Backups of this log and data; {@code home} is where a checkpoint is for a while. */
    public Backups(EnvironmentConfig config, Path home, Log log, Store store) {
        this.config = config;
        this.place = Place.of(config);
        this.workspace = home.resolve("backing-up");
        this.log = log;
        this.store = store;
        CheckpointFiles.delete(workspace);
    }

    /** Makes one, in a directory that is empty or not there; whole and on the disk when this returns. */
    public synchronized BackupInfo make(Path directory) {
        Path target = directory.toAbsolutePath();
        try {
            requireEmpty(target);
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                Optional<Manifest> made = attempt(target);
                if (made.isPresent()) {
                    new DiskDirectory(target).replace(Manifest.NAME, made.get().encode());
                    return made.get().info(target);
                }
                CheckpointFiles.delete(target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "[" + place + "] the backup could not be written to " + target + ": " + e.getMessage()
                            + "; see to that disk and begin again with an empty directory",
                    e);
        }
        throw new UnavailableException(
                place, "The data went back while it was copied, " + ATTEMPTS + " times; back it up again");
    }

    private void requireEmpty(Path target) throws IOException {
        if (Files.exists(target)) {
            try (Stream<Path> files = Files.list(target)) {
                if (files.findAny().isPresent()) {
                    throw new IllegalArgumentException("[" + place + "] " + target
                            + " is not empty, and a backup overwrites nothing: name an empty or a new directory");
                }
            }
        }
    }

    /** Empty if the log went back meanwhile, so that it does not lead to the data. */
    private Optional<Manifest> attempt(Path target) throws IOException {
        List<BackupFile> files = new ArrayList<>();
        try {
            CheckpointInfo info = store.checkpoint(workspace);
            for (String name : names(workspace)) {
                files.add(BackupFile.copy(workspace.resolve(name), target, "data/" + name));
            }
            if (!copyLog(info, target.resolve("log"))) {
                return Optional.empty();
            }
            for (String name : names(target.resolve("log"))) {
                files.add(BackupFile.of(target, "log/" + name));
            }
            MemberTable members = info.members();
            return Optional.of(new Manifest(
                    config.name(),
                    members.exists() ? Optional.of(members.groupId()) : Optional.empty(),
                    info.applied(),
                    info.permanentLsn(),
                    files));
        } finally {
            CheckpointFiles.delete(workspace);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private boolean copyLog(CheckpointInfo info, Path folder) {
        long end = info.applied().lsn();
        try (Log copy = Log.open(
                new DiskDirectory(folder), LogOptions.of(place, config.segmentSizeBytes()), copiedBelow(info))) {
            while (copy.last().lsn() < end) {
                RecordBatch next = log.read(copy.last().lsn() + 1, end, PIECE_BYTES);
                copy.append(next);
            }
            return copy.last().equals(info.applied());
        } catch (NoSuchElementException | IllegalArgumentException e) {
            return false; // trimmed, cut or grown anew since the checkpoint was made
        }
    }

    /** What is permanent is never undone, so the log behind it is enough. */
    private Standing copiedBelow(CheckpointInfo info) {
        Standing below = log.below();
        long permanent = Math.min(info.permanentLsn(), info.applied().lsn());
        return permanent > below.lsn() ? info.history().standingAt(permanent) : below;
    }
}
