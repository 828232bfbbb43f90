package org.understudy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Integers, most significant byte first, with the sign turned over so that negative ones come first. */
final class IntegerCodec implements Codec<Integer> {

    private static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    @Override
    public byte[] encode(Integer value) {
        byte[] bytes = new byte[Integer.BYTES];
        BIG_ENDIAN.set(bytes, 0, value ^ Integer.MIN_VALUE);
        return bytes;
    }

    @Override
    public Integer decode(byte[] bytes) {
        FixedLength.require(bytes, Integer.BYTES);
        return (int) BIG_ENDIAN.get(bytes, 0) ^ Integer.MIN_VALUE;
    }
}
