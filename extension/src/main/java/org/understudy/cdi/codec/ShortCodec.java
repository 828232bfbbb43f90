package org.understudy.cdi.codec;

import org.understudy.Codec;

/** Short integers, most significant byte first, with the sign turned over so that negative ones come first. */
final class ShortCodec implements Codec<Short> {

    @Override
    public byte[] encode(Short value) {
        int turned = value ^ Short.MIN_VALUE;
        return new byte[] {(byte) (turned >> Byte.SIZE), (byte) turned};
    }

    @Override
    public Short decode(byte[] bytes) {
        if (bytes.length != Short.BYTES) {
            throw new IllegalArgumentException(
                    "Expected 2 bytes but there are " + bytes.length + ": they were written by another codec");
        }
        return (short) ((bytes[0] << Byte.SIZE | bytes[1] & 0xFF) ^ Short.MIN_VALUE);
    }
}
