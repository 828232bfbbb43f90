package org.understudy.store;

import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.understudy.ByteRange;
import org.understudy.Direction;

/** Walks through a range of one snapshot in one direction. It stands on an entry, or behind the last. */
final class SnapshotIterator implements AutoCloseable {
    private final Engine engine;
    private final boolean forwards;
    private final Optional<Slice> lower;
    private final Optional<Slice> upper;
    private final ReadOptions options;
    private final RocksIterator iterator; // null where there is no such database
    private byte[] key;

    private SnapshotIterator(Engine engine, Family family, Snapshot snapshot, ByteRange range, Direction direction) {
        this.engine = engine;
        this.forwards = direction == Direction.FORWARDS;
        this.lower = range.from().map(Slice::new);
        this.upper = range.to().map(Slice::new);
        this.options = new ReadOptions().setSnapshot(snapshot);
        lower.ifPresent(options::setIterateLowerBound);
        upper.ifPresent(options::setIterateUpperBound);
        this.iterator = family == null ? null : engine.db().newIterator(family.handle(), options);
    }

    static SnapshotIterator open(
            Engine engine, Family family, Snapshot snapshot, ByteRange range, Direction direction) {
        return new SnapshotIterator(engine, range.isEmpty() ? null : family, snapshot, range, direction);
    }

    /** Goes to the first entry of its direction. */
    void first() {
        if (iterator != null) {
            if (forwards) {
                iterator.seekToFirst();
            } else {
                iterator.seekToLast();
            }
        }
        load();
    }

    /** Goes to a key, or to what comes next to it in its direction. */
    void seek(byte[] target) {
        if (iterator != null) {
            if (forwards) {
                iterator.seek(target);
            } else {
                iterator.seekForPrev(target);
            }
        }
        load();
    }

    void next() {
        if (forwards) {
            iterator.next();
        } else {
            iterator.prev();
        }
        load();
    }

    /** The key it stands on, or null behind the last. */
    byte[] key() {
        return key;
    }

    byte[] value() {
        return iterator.value();
    }

    @Override
    public void close() {
        if (iterator != null) {
            iterator.close();
        }
        options.close();
        lower.ifPresent(Slice::close);
        upper.ifPresent(Slice::close);
    }

    private void load() {
        if (iterator == null) {
            return;
        }
        if (iterator.isValid()) {
            key = iterator.key();
            return;
        }
        key = null;
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw engine.unreadable(e);
        }
    }
}
