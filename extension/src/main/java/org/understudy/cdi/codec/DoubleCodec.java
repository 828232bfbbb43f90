package org.understudy.cdi.codec;

import org.understudy.Codec;
import org.understudy.Codecs;

/**
 * Floating-point numbers in the order of {@link Double#compare}: as the integer of their bits, which has that order but
 * for negative numbers, whose bits are turned over.
 */
final class DoubleCodec implements Codec<Double> {

    @Override
    public byte[] encode(Double value) {
        return Codecs.LONG.encode(turn(Double.doubleToLongBits(value)));
    }

    @Override
    public Double decode(byte[] bytes) {
        return Double.longBitsToDouble(turn(Codecs.LONG.decode(bytes)));
    }

    private static long turn(long bits) {
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }
}
