package org.understudy.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.rocksdb.RocksIterator;
import org.understudy.log.ForwardSession;

/**
 * The sessions of forwarded writes as the data has them (protocol.md §9): a database like any other, whose name no
 * application can use, so that they are logged, undone, copied and compared with everything else.
 */
public final class ForwardSessions {
    /** What no application's database begins with. */
    public static final String RESERVED = "understudy.";

    static final String DATABASE = RESERVED + "forwarding";

    private ForwardSessions() {}

    /** Whether a database is the library's own. */
    public static boolean isReserved(String database) {
        return database.startsWith(RESERVED);
    }

    static byte[] key(UUID session) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(session.getMostSignificantBits())
                .putLong(session.getLeastSignificantBits())
                .array();
    }

    /** The keys of some sessions last used before a moment, no more than so many. */
    static List<byte[]> idle(Engine engine, Family family, long beforeMillis, int most) {
        List<byte[]> found = new ArrayList<>();
        try (RocksIterator all = engine.db().newIterator(family.handle(), engine.newest())) {
            for (all.seekToFirst(); all.isValid() && found.size() < most; all.next()) {
                if (ForwardSession.decode(all.value()).lastUsedMillis() < beforeMillis) {
                    found.add(all.key());
                }
            }
        }
        return found;
    }
}
