package org.understudy.store;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Walks through a whole database of a {@link PastData}, each block's checksum verified; before the first key at first. */
final class PastCursor implements AutoCloseable {
    private final Engine engine;
    private final ReadOptions options =
            new ReadOptions().setVerifyChecksums(true).setFillCache(false);
    private final RocksIterator iterator;
    private boolean begun;

    PastCursor(Engine engine, Family family) {
        this.engine = engine;
        this.iterator = engine.db().newIterator(family.handle(), options);
    }

    /** Goes to the next key, if there is one. */
    boolean next() {
        if (begun) {
            iterator.next();
        } else {
            iterator.seekToFirst();
            begun = true;
        }
        if (!iterator.isValid()) {
            try {
                iterator.status();
            } catch (RocksDBException e) {
                throw engine.unreadable(e);
            }
            return false;
        }
        return true;
    }

    byte[] key() {
        return iterator.key();
    }

    byte[] value() {
        return iterator.value();
    }

    @Override
    public void close() {
        iterator.close();
        options.close();
    }
}
