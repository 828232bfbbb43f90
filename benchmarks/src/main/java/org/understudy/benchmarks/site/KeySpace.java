package org.understudy.benchmarks.site;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** The records of a benchmark: 16-byte keys scattered over the whole order, values of 100 bytes that don't compress. */
public final class KeySpace {
    public static final int VALUE_BYTES = 100;

    private static final int POOL_BYTES = 1 << 20;
    private static final long POOL_SEED = 7;
    private static final long MARK_PREFIX = -1L;

    private final long records;
    private final byte[] pool = new byte[POOL_BYTES];

    public KeySpace(long records) {
        this.records = records;
        new SplittableRandom(POOL_SEED).nextBytes(pool);
    }

    public long records() {
        return records;
    }

    /** The key of record {@code index}: the same one in every process. */
    public byte[] key(long index) {
        return key(scatter(index), index);
    }

    public byte[] randomKey(SplittableRandom random) {
        return key(random.nextLong(records));
    }

    public byte[] randomValue(SplittableRandom random) {
        byte[] value = new byte[VALUE_BYTES];
        System.arraycopy(pool, random.nextInt(POOL_BYTES - VALUE_BYTES), value, 0, VALUE_BYTES);
        return value;
    }

    /** A key outside the key space, by which one site knows that it has what another wrote before it. */
    public static byte[] mark(long number) {
        return key(MARK_PREFIX, number);
    }

    private static byte[] key(long high, long low) {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    }

    /** So that neighbours in time are strangers in the tree; never negative, so that it is no mark's prefix. */
    private static long scatter(long index) {
        long mixed = (index + 1) * 0x9E3779B97F4A7C15L;
        return (mixed ^ (mixed >>> 29)) >>> 1;
    }
}
