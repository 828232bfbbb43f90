package org.understudy.site;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.understudy.ConfigOptions;
import org.understudy.ConfigurationException;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.StorageKind;
import org.understudy.log.Ballot;
import org.understudy.log.RecordBatch;
import org.understudy.log.file.BallotFile;
import org.understudy.log.file.BootId;
import org.understudy.log.file.DiskDirectory;
import org.understudy.log.file.HomeLock;
import org.understudy.log.file.Log;
import org.understudy.log.file.LogDirectory;
import org.understudy.log.file.LogOptions;
import org.understudy.site.backup.Backups;
import org.understudy.site.backup.Restore;
import org.understudy.store.Store;
import org.understudy.store.StoreOptions;

/** What an environment keeps in its home: the lock, the ballot, the log and the data, opened in step with each other. */
final class Storage {
    private static final Logger LOGGER = System.getLogger(Storage.class.getName());

    /** How much of the log is applied in one write when it is replayed. */
    private static final int REPLAY_BYTES = 4 << 20;

    private final Path home;
    private final Runnable lastly;
    private final HomeLock lock;
    private final BallotFile ballotFile;
    private final boolean offline;
    private final Ballot ballot;
    private final Log log;
    private final Store store;
    private final Backups backups;

    private Storage(
            Path home,
            Backups backups,
            Runnable lastly,
            HomeLock lock,
            BallotFile ballotFile,
            boolean offline,
            Ballot ballot,
            Log log,
            Store store) {
        this.home = home;
        this.offline = offline;
        this.backups = backups;
        this.lastly = lastly;
        this.lock = lock;
        this.ballotFile = ballotFile;
        this.ballot = ballot;
        this.log = log;
        this.store = store;
    }

    /** Takes the home, or makes one in memory; finishes what a crash interrupted, and applies what the log holds beyond the data. */
    static Storage open(EnvironmentConfig config) {
        return open(config, DiskDirectory::new);
    }

    /** The same, with its log in directories that are made here. */
    static Storage open(EnvironmentConfig config, Function<Path, LogDirectory> directories) {
        if (config.storage() == StorageKind.DISK) {
            return open(config, () -> {}, file -> ballot(file, config), directories, false);
        }
        MemoryHome memory = MemoryHome.create(config);
        try {
            return open(memory.homeOf(config), memory::close, file -> ballot(file, config), directories, false);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /** Takes the home of whatever site to look at what is there; its ballot stays as it is. */
    static Storage openOffline(EnvironmentConfig config) {
        if (config.storage() == StorageKind.MEMORY
                || !Files.isDirectory(config.home().resolve("data"))) {
            throw new IllegalArgumentException("[" + Place.of(config) + "] there is no environment in "
                    + config.find(ConfigOptions.HOME).map(Path::toString).orElse("memory")
                    + " to look at: name the home of one, with storage=DISK");
        }
        return open(
                config,
                () -> {},
                file -> file.read().orElseGet(() -> Ballot.first(UUID.randomUUID())),
                DiskDirectory::new,
                true);
    }

    private static Storage open(
            EnvironmentConfig config,
            Runnable lastly,
            Function<BallotFile, Ballot> ballotOf,
            Function<Path, LogDirectory> directories,
            boolean offline) {
        Place place = Place.of(config);
        HomeLock lock = HomeLock.take(config.home(), place);
        try {
            Restore.requireFinished(config.home(), place);
            DiskDirectory home = new DiskDirectory(config.home());
            BallotFile ballotFile = new BallotFile(home, place);
            Ballot ballot = ballotOf.apply(ballotFile);
            return open(config, lastly, place, lock, ballotFile, ballot, directories, offline);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static Storage open(
            EnvironmentConfig config,
            Runnable lastly,
            Place place,
            HomeLock lock,
            BallotFile ballotFile,
            Ballot ballot,
            Function<Path, LogDirectory> directories,
            boolean offline) {
        AtomicReference<Log> opened = new AtomicReference<>();
        Store store = Store.open(config.home(), StoreOptions.of(config), () -> force(opened, place));
        try {
            LogOptions options = LogOptions.of(place, config.segmentSizeBytes());
            Log log = Log.open(directories.apply(config.home().resolve("log")), options, store.logBelow());
            opened.set(log);
            try {
                agree(place, log, store);
                Ballot reopened = offline ? ballot : reopened(place, ballotFile, ballot, store);
                return new Storage(
                        config.home(),
                        new Backups(config, config.home(), log, store),
                        lastly,
                        lock,
                        ballotFile,
                        offline,
                        reopened,
                        log,
                        store);
            } catch (RuntimeException | Error e) {
                log.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    /** Before the log is open there is nothing in memory that a flush could write. */
    private static void force(AtomicReference<Log> opened, Place place) {
        Log log = opened.get();
        if (log == null) {
            throw new IllegalStateException("[" + place + "] the data is flushed before the log is open");
        }
        log.force();
    }

    /** An environment without a ballot is new or restored from a backup: it gets an incarnation (protocol.md §2.2). */
    private static Ballot ballot(BallotFile file, EnvironmentConfig config) {
        Optional<Ballot> found = file.read();
        if (found.isEmpty()) {
            Ballot first = Ballot.first(UUID.randomUUID());
            file.write(first);
            return first;
        }
        Ballot ballot = found.get();
        String configured = config.localSite().orElse("");
        if (ballot.hasGroup() && !ballot.localSite().equals(configured)) {
            throw new ConfigurationException(
                    Place.of(config),
                    List.of("local-site=" + configured + ": the home "
                            + config.home() + " belongs to site " + ballot.localSite()
                            + "; use that name, give this site a home of its own, or make it another site with"
                            + " Environment.recover(config, RecoverAs.NEW_SITE)"));
        }
        return ballot;
    }

    /** Notes in the ballot that the environment is open on this boot of the machine (protocol.md §2.3). */
    private static Ballot reopened(Place place, BallotFile file, Ballot ballot, Store store) {
        Ballot next = ballot.reopened(BootId.current(), store.members().forcesRecords());
        if (!next.equals(ballot)) {
            file.write(next);
        }
        if (next.mustReach().equals(Ballot.UNKNOWN)) {
            LOGGER.log(
                    Level.WARNING,
                    "USTDY-0329 [" + place
                            + "] the machine was restarted while this environment was open, and its records"
                            + " are not forced: this site neither votes nor acknowledges until it has followed a master");
        }
        return next;
    }

    private static void agree(Place place, Log log, Store store) {
        if (log.recovery().wasTorn()) {
            LOGGER.log(
                    Level.WARNING,
                    "USTDY-0321 [" + place + "] " + log.recovery().cutBytes()
                            + " bytes of a write that a crash tore were cut off the log, which now ends at "
                            + log.last());
        }
        store.pendingCut().ifPresent(kept -> log.cut(kept.lsn()));
        store.cutDone();
        store.pendingReset().ifPresent(log::reset);
        store.resetDone();
        if (store.applied().lsn() > log.last().lsn()) {
            throw new EnvironmentCorruptedException(
                    place,
                    "the data holds the log's effects up to " + store.applied()
                            + ", but the log ends at " + log.last()
                            + "; files of the log were lost: restore a backup, or empty the home so that the site joins anew");
        }
        replay(place, log, store);
        if (place.site().isPresent() && log.last().lsn() > 0 && !store.members().exists()) {
            throw new ConfigurationException(
                    place,
                    List.of("local-site=" + place.site().get()
                            + ": the home was filled by an environment without a local site, which belongs to no group;"
                            + " open it without local-site, or give this site a home of its own"));
        }
    }

    private static void replay(Place place, Log log, Store store) {
        Standing from = store.applied();
        while (store.applied().lsn() < log.last().lsn()) {
            RecordBatch next = log.read(store.applied().lsn() + 1, log.last().lsn(), REPLAY_BYTES);
            store.apply(next);
        }
        if (from.lsn() < log.last().lsn()) {
            LOGGER.log(Level.INFO, "USTDY-0322 [" + place + "] applied the log from " + from + " to " + log.last());
        }
    }

    /** Where all of it is. */
    Path home() {
        return home;
    }

    /** The ballot as it was when the home was opened. */
    Ballot ballot() {
        return ballot;
    }

    BallotFile ballotFile() {
        return ballotFile;
    }

    Log log() {
        return log;
    }

    Store store() {
        return store;
    }

    Backups backups() {
        return backups;
    }

    /** Flushes and gives everything back, the lock last; a failure of one does not keep the others open. */
    void close() {
        try (HomeLock last = lock) {
            try (Log before = log;
                    Store first = store) {
                LOGGER.log(
                        Level.DEBUG,
                        () -> "USTDY-0323 closing at " + before.last() + ", applied " + first.applied() + " " + last);
            }
            noteClosed();
        } finally {
            lastly.run();
        }
    }

    /** What is in the log is forced: whatever becomes of the machine now, nothing is lost. */
    private void noteClosed() {
        if (!offline && log.forcedLsn() >= log.last().lsn()) {
            ballotFile.read().ifPresent(open -> ballotFile.write(open.openSince("")));
        }
    }
}
