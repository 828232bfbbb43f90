package org.understudy.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A 64-bit hash of a key in a database, for tables in which an accidental equality costs a retry and nothing else. */
final class KeyHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SALT_1 = 0xa0761d6478bd642fL;
    private static final long SALT_2 = 0xe7037ed1a0b428dbL;

    private KeyHash() {}

    static long of(int database, byte[] key) {
        return of(database, key, 0, key.length);
    }

    static long of(int database, byte[] bytes, int offset, int length) {
        long hash = mix(database ^ SALT_1, length ^ SALT_2);
        int at = offset;
        int end = offset + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, at), SALT_1);
        }
        long tail = 0;
        for (; at < end; at++) {
            tail = tail << 8 | bytes[at] & 0xff;
        }
        return mix(hash ^ tail, SALT_2);
    }

    private static long mix(long a, long b) {
        return a * b ^ Math.multiplyHigh(a, b);
    }
}
