package org.understudy.cdi.codec;

import org.understudy.Codec;

/** Bytes as numbers, with the sign turned over so that negative ones come first. */
final class ByteCodec implements Codec<Byte> {

    @Override
    public byte[] encode(Byte value) {
        return new byte[] {(byte) (value ^ Byte.MIN_VALUE)};
    }

    @Override
    public Byte decode(byte[] bytes) {
        if (bytes.length != Byte.BYTES) {
            throw new IllegalArgumentException(
                    "Expected 1 byte but there are " + bytes.length + ": they were written by another codec");
        }
        return (byte) (bytes[0] ^ Byte.MIN_VALUE);
    }
}
