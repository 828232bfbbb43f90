package org.understudy.store;

import java.util.Optional;
import java.util.function.Function;
import org.understudy.Standing;
import org.understudy.log.GenerationHistory;
import org.understudy.log.MemberTable;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/** The keys and encodings of what a store keeps about itself, in RocksDB's default column family. */
final class Meta {
    /** The number RocksDB gives its default column family. */
    static final int FAMILY = 0;

    static final byte[] APPLIED = {'a'};
    static final byte[] PERMANENT = {'p'};
    static final byte[] LOG_BELOW = {'b'};
    static final byte[] HISTORY = {'h'};
    static final byte[] MEMBERS = {'m'};
    static final byte[] DATABASES = {'d'};
    static final byte[] PENDING_CUT = {'c'};

    private Meta() {}

    /** Reads one value with whatever reads a key. */
    static <T> Optional<T> read(Function<byte[], Optional<byte[]>> get, byte[] key, Function<ValueReader, T> decode) {
        return get.apply(key).map(bytes -> {
            ValueReader in = new ValueReader(bytes);
            T value = decode.apply(in);
            in.end();
            return value;
        });
    }

    static byte[] encode(Standing standing) {
        return new ValueWriter().putStanding(standing).toByteArray();
    }

    static byte[] encode(long lsn) {
        return new ValueWriter().putLong(lsn).toByteArray();
    }

    static byte[] encode(GenerationHistory history) {
        ValueWriter out = new ValueWriter();
        history.write(out);
        return out.toByteArray();
    }

    static byte[] encode(MemberTable members) {
        ValueWriter out = new ValueWriter();
        members.write(out);
        return out.toByteArray();
    }
}
