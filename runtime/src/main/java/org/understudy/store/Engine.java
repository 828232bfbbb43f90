package org.understudy.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One open RocksDB and its column families. It guards nothing: whoever calls it sees to it that it is open, and that one
 * thread at a time writes, creates and drops.
 */
final class Engine implements AutoCloseable {
    private static final long FLUSH_POLL_NANOS = 1_000_000;
    private static final String FAMILY_PREFIX = "database-";

    private final RocksSettings settings;
    private final ReadCache cache;
    private final WriteStamp stamp = new WriteStamp();
    private final Failures failures;
    private final RocksDB db;
    private final ColumnFamilyHandle meta;
    private final WriteOptions withoutLog = new WriteOptions().setDisableWAL(true);
    private final ReadOptions newest = new ReadOptions();
    private final List<Family> dropped = new ArrayList<>();
    private Family[] families = new Family[16];

    private Engine(
            RocksSettings settings, ReadCache cache, Failures failures, RocksDB db, List<ColumnFamilyHandle> handles)
            throws RocksDBException {
        this.settings = settings;
        this.cache = cache;
        this.failures = failures;
        this.db = db;
        this.meta = handles.get(0);
        for (ColumnFamilyHandle handle : handles.subList(1, handles.size())) {
            String name = new String(handle.getName(), StandardCharsets.UTF_8);
            add(Integer.parseInt(name.substring(FAMILY_PREFIX.length())), handle);
        }
    }

    /** Opens what is in a directory, or makes it. */
    static Engine open(Path directory, RocksSettings settings, Failures failures) {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            List<ColumnFamilyDescriptor> descriptors = settings.descriptorsOf(directory);
            RocksDB db = RocksDB.open(settings.database(), directory.toString(), descriptors, handles);
            return new Engine(settings, new ReadCache(settings.readCacheBytes()), failures, db, handles);
        } catch (RocksDBException e) {
            throw failures.opening(e);
        }
    }

    /** Opens a directory that nobody writes to, to look into it. */
    static Engine openReadOnly(Path directory, RocksSettings settings, Failures failures) {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions().setInfoLogLevel(InfoLogLevel.WARN_LEVEL)) {
            List<ColumnFamilyDescriptor> descriptors = settings.descriptorsOf(directory);
            RocksDB db = RocksDB.openReadOnly(options, directory.toString(), descriptors, handles);
            return new Engine(settings, new ReadCache(0), failures, db, handles);
        } catch (RocksDBException e) {
            throw failures.opening(e);
        }
    }

    RocksDB db() {
        return db;
    }

    /** How reads ask for the newest value. */
    ReadOptions newest() {
        return newest;
    }

    /** The family of a database's number, or null. */
    Family family(int number) {
        return number >= 0 && number < families.length ? families[number] : null;
    }

    /** A new, empty family, also where a crash has left one of that number. */
    Family create(int number) {
        if (family(number) != null) {
            drop(number);
        }
        try {
            byte[] name = (FAMILY_PREFIX + number).getBytes(StandardCharsets.UTF_8);
            return add(number, db.createColumnFamily(new ColumnFamilyDescriptor(name, settings.family())));
        } catch (RocksDBException e) {
            throw failures.writing("Database number " + number + " could not be created", e);
        }
    }

    /** Lets a family go; its data goes once {@link #closeDropped} has closed the handle. */
    void drop(int number) {
        Family family = families[number];
        if (family == null) {
            return;
        }
        try {
            db.dropColumnFamily(family.handle());
        } catch (RocksDBException e) {
            throw failures.writing("Database number " + number + " could not be dropped", e);
        }
        families[number] = null;
        dropped.add(family);
    }

    /** Drops the families whose number does not pass. */
    void dropAllBut(IntPredicate wanted) {
        for (Family family : families.clone()) {
            if (family != null && !wanted.test(family.number())) {
                drop(family.number());
            }
        }
    }

    boolean hasDropped() {
        return !dropped.isEmpty();
    }

    /** Closes the handles of dropped families: nobody may be reading them. */
    void closeDropped() {
        dropped.forEach(family -> family.handle().close());
        dropped.clear();
    }

    Optional<byte[]> meta(byte[] key) {
        return meta(newest, key);
    }

    Optional<byte[]> meta(ReadOptions options, byte[] key) {
        return Optional.ofNullable(get(meta, options, key));
    }

    /** The newest value of a key, or null. */
    byte[] newest(Family family, byte[] key) {
        long hash = KeyHash.of(family.id(), key);
        byte[] cached = cache.get(family.id(), key, hash, Long.MAX_VALUE);
        if (cached != null) {
            return cached;
        }
        long ticket = cache.ticket(hash);
        long since = stamp.now(); // after the ticket: a write between the two would make the value younger than told
        byte[] value = get(family.handle(), newest, key);
        if (value != null) {
            cache.offer(family.id(), key, value, hash, ticket, since);
        }
        return value;
    }

    /** The value that a key had at a stamp, or null when that isn't known without asking RocksDB. */
    byte[] cached(Family family, byte[] key, long asOf) {
        return cache.get(family.id(), key, KeyHash.of(family.id(), key), asOf);
    }

    /** The writes there were. */
    WriteStamp stamp() {
        return stamp;
    }

    /** A value, or null. */
    byte[] get(ColumnFamilyHandle family, ReadOptions options, byte[] key) {
        try {
            return db.get(family, options, key);
        } catch (RocksDBException e) {
            throw failures.reading(e);
        }
    }

    /** What to throw when the data does not fit the log. */
    RuntimeException inconsistent(String what) {
        return failures.corrupted(what, new IllegalStateException(what));
    }

    /** What to throw when an iterator could not read on. */
    RuntimeException unreadable(RocksDBException cause) {
        return failures.reading(cause);
    }

    /** Writes a batch as one, and does what belongs to the same moment. */
    void write(RocksBatch batch, Runnable then) {
        failures.refuseAfterFailure();
        boolean written = false;
        stamp.begin();
        cache.beforeWrite(batch);
        try (WriteBatch nativeBatch = new WriteBatch(batch.toByteArray())) {
            db.write(withoutLog, nativeBatch);
            then.run();
            written = true;
        } catch (RocksDBException e) {
            throw failures.writing("The data could not be written", e);
        } finally {
            cache.afterWrite(batch, written, stamp.next());
            stamp.end();
        }
    }

    /**
     * Writes all that is in memory to disk, every column family at the same point of time: a flush of fewer would tear the
     * data apart.
     */
    void flush(boolean untilDone) {
        List<ColumnFamilyHandle> handles = new ArrayList<>(List.of(meta));
        for (Family family : families) {
            if (family != null) {
                handles.add(family.handle());
            }
        }
        try (FlushOptions options =
                new FlushOptions().setWaitForFlush(untilDone).setAllowWriteStall(true)) {
            db.flush(options, handles);
        } catch (RocksDBException e) {
            throw failures.writing("The data could not be flushed", e);
        }
        noticeBackground();
        failures.refuseAfterFailure();
    }

    /** Waits until what is being flushed is on disk; others may write meanwhile. RocksDB offers nothing to wait on. */
    void awaitFlushed() {
        while (property("rocksdb.num-immutable-mem-table") > 0) {
            noticeBackground();
            failures.refuseAfterFailure();
            LockSupport.parkNanos(FLUSH_POLL_NANOS);
        }
    }

    /** Notes what failed in the background as a failed write. */
    void noticeBackground() {
        if (property("rocksdb.background-errors") > 0 && !failures.any()) {
            failures.writing(
                    "The data could not be written in the background",
                    new IllegalStateException("RocksDB's own file LOG, beside the data, tells why"));
        }
    }

    private long property(String name) {
        try {
            return db.getAggregatedLongProperty(name);
        } catch (RocksDBException e) {
            throw failures.reading(e);
        }
    }

    /** Makes a directory with all that is on disk, by hard links. */
    void checkpoint(Path target) {
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException e) {
            throw failures.writing("A checkpoint could not be written to " + target, e);
        }
    }

    /** Reads every block and checks its checksum. */
    void verify() {
        try {
            db.verifyChecksum();
        } catch (RocksDBException e) {
            throw failures.reading(e);
        }
    }

    @Override
    public void close() {
        closeDropped();
        for (Family family : families) {
            if (family != null) {
                family.handle().close();
            }
        }
        meta.close();
        db.close();
        withoutLog.close();
        newest.close();
    }

    private Family add(int number, ColumnFamilyHandle handle) {
        if (number >= families.length) {
            families = Arrays.copyOf(families, Math.max(number + 1, families.length * 2));
        }
        families[number] = new Family(number, handle, handle.getID());
        return families[number];
    }
}
