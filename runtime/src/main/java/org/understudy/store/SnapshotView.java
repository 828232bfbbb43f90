package org.understudy.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final ReadOptions options;
    private final List<SnapshotIterator> iterators = new ArrayList<>();

    SnapshotView(Engine engine, Catalog catalog) {
        this.engine = engine;
        this.catalog = catalog;
        this.snapshot = engine.db().getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
    }

    /** The number that a database had, {@link ReadSet#NO_DATABASE} where there was none. */
    int number(String database) {
        Family family = catalog.find(database);
        return family == null ? ReadSet.NO_DATABASE : family.number();
    }

    /** A value, or null. */
    byte[] get(String database, byte[] key) {
        Family family = catalog.find(database);
        return family == null ? null : engine.get(family.handle(), options, key);
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
        return Stored.readStanding(engine, options);
    }

    /** Lets everything go. */
    void release() {
        iterators.forEach(SnapshotIterator::close);
        iterators.clear();
        options.close();
        engine.db().releaseSnapshot(snapshot);
        snapshot.close();
    }
}
