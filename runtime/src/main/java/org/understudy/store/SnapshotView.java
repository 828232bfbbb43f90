package org.understudy.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;
import org.understudy.ByteRange;
import org.understudy.Direction;
import org.understudy.Standing;

/** The data as it was at one moment: RocksDB's snapshot, and the databases there were. Its user guards every call. */
final class SnapshotView {
    private final Engine engine;
    private final Catalog catalog;
    private final Snapshot snapshot;
    private final long asOf;
    private final Optional<Standing> standing; // if nothing was written while the snapshot was taken
    private final List<SnapshotIterator> iterators = new ArrayList<>();
    private ReadOptions options; // made when RocksDB has to be asked

    SnapshotView(Engine engine, Supplier<Stored> stored) {
        this.engine = engine;
        this.asOf = engine.stamp().now();
        Stored now = stored.get();
        this.catalog = now.catalog(); // it changes only while nobody is inside the gate
        this.snapshot = engine.db().getSnapshot();
        boolean exact = (asOf & 1) == 0 && engine.stamp().now() == asOf;
        this.standing = exact ? Optional.of(now.applied()) : Optional.empty();
    }

    /** The number that a database had, {@link ReadSet#NO_DATABASE} where there was none. */
    int number(String database) {
        Family family = catalog.find(database);
        return family == null ? ReadSet.NO_DATABASE : family.number();
    }

    /** A value, or null. */
    byte[] get(String database, byte[] key) {
        Family family = catalog.find(database);
        if (family == null) {
            return null;
        }
        byte[] cached = engine.cached(family, key, asOf);
        if (cached != null) {
            return cached;
        }
        if (standing.isPresent() && engine.stamp().now() == asOf) {
            byte[] newest = engine.newest(family, key);
            if (engine.stamp().now() == asOf) {
                return newest;
            }
        }
        return engine.get(family.handle(), options(), key);
    }

    /** The keys of a range in one direction; none without a database. */
    SnapshotIterator iterator(Optional<String> database, ByteRange range, Direction direction) {
        Family family = database.map(catalog::find).orElse(null);
        SnapshotIterator iterator = SnapshotIterator.open(engine, family, snapshot, range, direction);
        iterators.add(iterator);
        return iterator;
    }

    /** Lets one iterator go. */
    void release(SnapshotIterator iterator) {
        iterators.remove(iterator);
        iterator.close();
    }

    /** The standing whose data this is. */
    Standing standing() {
        return standing.orElseGet(() -> Stored.readStanding(engine, options()));
    }

    /** Lets everything go. */
    void release() {
        iterators.forEach(SnapshotIterator::close);
        iterators.clear();
        if (options != null) {
            options.close();
        }
        engine.db().releaseSnapshot(snapshot);
        snapshot.close();
    }

    private ReadOptions options() {
        if (options == null) {
            options = new ReadOptions().setSnapshot(snapshot);
        }
        return options;
    }
}
