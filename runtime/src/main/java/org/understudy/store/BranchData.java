package org.understudy.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.understudy.BranchId;

/**
 * The branches that wait, and the outcomes that are remembered, as the data has them (protocol.md §8.1): two databases like
 * any other, whose names no application can use, so that they are logged, undone, copied and compared with everything else.
 */
final class BranchData {
    /** What is undecided, or decided by hand and not forgotten. */
    static final String WAITING = ForwardSessions.RESERVED + "prepared";

    /** What the transaction manager has decided, for when it asks again. */
    static final String REMEMBERED = ForwardSessions.RESERVED + "decided";

    private BranchData() {}

    static byte[] key(BranchId branch) {
        byte[] global = branch.globalBytes();
        byte[] qualifier = branch.qualifierBytes();
        return ByteBuffer.allocate(Integer.BYTES + 1 + global.length + qualifier.length)
                .putInt(branch.format())
                .put((byte) global.length)
                .put(global)
                .put(qualifier)
                .array();
    }

    static BranchId branch(byte[] key) {
        int global = Integer.BYTES + 1 + key[Integer.BYTES];
        return BranchId.of(
                ByteBuffer.wrap(key).getInt(),
                Arrays.copyOfRange(key, Integer.BYTES + 1, global),
                Arrays.copyOfRange(key, global, key.length));
    }

    /** Each branch in a family as it is now. */
    static void each(Engine engine, Family family, BiConsumer<BranchId, BranchRow> action) {
        try (RocksIterator all = engine.db().newIterator(family.handle(), engine.newest())) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                action.accept(branch(all.key()), BranchRow.decode(all.value()));
            }
            check(engine, all);
        }
    }

    /** Some keys from one on, in their order. */
    static List<byte[]> behind(Engine engine, Family family, byte[] key, int most) {
        List<byte[]> found = new ArrayList<>(most);
        try (RocksIterator all = engine.db().newIterator(family.handle(), engine.newest())) {
            for (all.seek(key); all.isValid() && found.size() < most; all.next()) {
                found.add(all.key());
            }
            check(engine, all);
        }
        return found;
    }

    private static void check(Engine engine, RocksIterator iterator) {
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw engine.unreadable(e);
        }
    }
}
