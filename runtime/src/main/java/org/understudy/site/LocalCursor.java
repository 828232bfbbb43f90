package org.understudy.site;

import org.understudy.backend.BackendCursor;
import org.understudy.store.StoreCursor;

/** A cursor of this process's own storage. */
final class LocalCursor implements BackendCursor {
    private final LocalBackend backend;
    private final StoreCursor cursor;

    LocalCursor(LocalBackend backend, StoreCursor cursor) {
        this.backend = backend;
        this.cursor = cursor;
    }

    @Override
    public boolean next() {
        backend.check();
        return backend.reading(cursor::next);
    }

    @Override
    public boolean seek(byte[] key) {
        backend.check();
        return backend.reading(() -> cursor.seek(key));
    }

    @Override
    public byte[] key() {
        return cursor.key();
    }

    @Override
    public byte[] value() {
        return cursor.value();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
