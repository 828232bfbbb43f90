package org.understudy.store;

import java.util.Map;
import java.util.TreeMap;
import org.understudy.Codecs;
import org.understudy.log.LogRecord;

/** What a record of longs under long keys changes, for tests that look into logs. */
public final class LongChanges {
    private LongChanges() {}

    /** The keys a {@code TRANSACTION} record writes, and what it writes there; sessions of forwarded writes are left out. */
    public static Map<Long, Long> of(LogRecord transaction) {
        Map<Long, Long> written = new TreeMap<>();
        byte[] payload = transaction.payloadBytes();
        ChangeReader changes = new ChangeReader().reset(payload, 0, payload.length);
        while (changes.next()) {
            if (changes.key().length == Long.BYTES) {
                written.put(Codecs.LONG.decode(changes.key()), Codecs.LONG.decode(changes.after()));
            }
        }
        return written;
    }
}
