package org.understudy.store;

import java.nio.ByteBuffer;

/** Numbers in seven bits per byte, the low ones first, as RocksDB writes them too. */
final class Varint {
    /** The most bytes an {@code int} takes. */
    static final int MAX_BYTES = 5;

    private Varint() {}

    /** How many bytes a number takes. */
    static int size(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    static int put(byte[] bytes, int at, int value) {
        int next = at;
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            bytes[next++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[next++] = (byte) rest;
        return next;
    }

    static void put(ByteBuffer out, int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }
}
