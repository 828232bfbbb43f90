package org.understudy;

import java.util.UUID;

/** UUIDs, as RFC 9562 writes them: in the order of their text, and for version 7 of their time. */
final class UuidCodec implements Codec<UUID> {

    @Override
    public byte[] encode(UUID value) {
        byte[] bytes = new byte[2 * Long.BYTES];
        LongCodec.BIG_ENDIAN.set(bytes, 0, value.getMostSignificantBits());
        LongCodec.BIG_ENDIAN.set(bytes, Long.BYTES, value.getLeastSignificantBits());
        return bytes;
    }

    @Override
    public UUID decode(byte[] bytes) {
        FixedLength.require(bytes, 2 * Long.BYTES);
        return new UUID((long) LongCodec.BIG_ENDIAN.get(bytes, 0), (long) LongCodec.BIG_ENDIAN.get(bytes, Long.BYTES));
    }
}
