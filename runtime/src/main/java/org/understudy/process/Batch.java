package org.understudy.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.understudy.backend.BackendCursor;

/**
 * Some entries of a scan.
 *
 * @param more whether there may be more behind them
 */
record Batch(List<KeyValue> entries, boolean more) {
    static final Batch NONE = new Batch(List.of(), false);

    /** One entry. */
    record KeyValue(byte[] key, byte[] value) {}

    /** The next entries of a cursor, from a key on if there is one. */
    static Batch fetched(BackendCursor cursor, Optional<byte[]> seek, int atMost) {
        List<KeyValue> entries = new ArrayList<>();
        int bytes = 0;
        boolean found = seek.isPresent() ? cursor.seek(seek.get()) : cursor.next();
        while (found) {
            byte[] key = cursor.key();
            byte[] value = cursor.value();
            entries.add(new KeyValue(key, value));
            bytes += key.length + value.length;
            if (entries.size() >= atMost || bytes >= ProcessLimits.FETCH_BYTES) {
                return new Batch(entries, true);
            }
            found = cursor.next();
        }
        return new Batch(entries, false);
    }
}
