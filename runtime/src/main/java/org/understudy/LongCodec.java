package org.understudy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Longs, most significant byte first, with the sign turned over so that negative ones come first. */
final class LongCodec implements Codec<Long> {

    static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    @Override
    public byte[] encode(Long value) {
        byte[] bytes = new byte[Long.BYTES];
        BIG_ENDIAN.set(bytes, 0, value ^ Long.MIN_VALUE);
        return bytes;
    }

    @Override
    public Long decode(byte[] bytes) {
        FixedLength.require(bytes, Long.BYTES);
        return (long) BIG_ENDIAN.get(bytes, 0) ^ Long.MIN_VALUE;
    }
}
