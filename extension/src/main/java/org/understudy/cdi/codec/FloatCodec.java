package org.understudy.cdi.codec;

import org.understudy.Codec;
import org.understudy.Codecs;

/** Floating-point numbers in the order of {@link Float#compare}; as {@link DoubleCodec} does it. */
final class FloatCodec implements Codec<Float> {

    @Override
    public byte[] encode(Float value) {
        return Codecs.INTEGER.encode(turn(Float.floatToIntBits(value)));
    }

    @Override
    public Float decode(byte[] bytes) {
        return Float.intBitsToFloat(turn(Codecs.INTEGER.decode(bytes)));
    }

    private static int turn(int bits) {
        return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    }
}
