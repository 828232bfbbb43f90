package org.understudy.site;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.understudy.Codec;
import org.understudy.Cursor;
import org.understudy.Entry;
import org.understudy.backend.BackendCursor;

/** A cursor as the application holds it: one of bytes, with keys and values decoded. */
final class CursorHandle<K, V> implements Cursor<K, V> {
    private final BackendCursor cursor;
    private final Codec<K> keys;
    private final Codec<V> values;

    CursorHandle(BackendCursor cursor, Codec<K> keys, Codec<V> values) {
        this.cursor = cursor;
        this.keys = keys;
        this.values = values;
    }

    @Override
    public boolean next() {
        return cursor.next();
    }

    @Override
    public boolean seek(K key) {
        return cursor.seek(keys.encode(key));
    }

    @Override
    public K key() {
        return keys.decode(cursor.key());
    }

    @Override
    public V value() {
        return values.decode(cursor.value());
    }

    @Override
    public void close() {
        cursor.close();
    }

    /** What lies before it, as a stream that closes it. */
    Stream<Entry<K, V>> stream() {
        int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Entries(), traits), false)
                .onClose(this::close);
    }

    private final class Entries implements Iterator<Entry<K, V>> {
        private boolean looked;
        private boolean found;

        @Override
        public boolean hasNext() {
            if (!looked) {
                found = CursorHandle.this.next();
                looked = true;
            }
            return found;
        }

        @Override
        public Entry<K, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            looked = false;
            return new Entry<>(key(), value());
        }
    }
}
