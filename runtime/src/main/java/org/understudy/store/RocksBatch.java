package org.understudy.store;

import java.util.Arrays;

/**
 * A RocksDB write batch in RocksDB's own serialised form, built in Java: many changes cross into native code in one call.
 *
 * <p>The form is RocksDB's write-ahead log's, and so kept stable by it: sequence number (8 bytes, filled in by RocksDB),
 * count (4 bytes, little-endian), then for each change a tag, the column family's number, and key and value with their
 * lengths before them.
 */
final class RocksBatch {
    private static final int COUNT_OFFSET = 8;
    private static final int HEADER_BYTES = 12;
    private static final byte FAMILY_DELETION = 0x4;
    private static final byte FAMILY_VALUE = 0x5;
    private static final byte DELETION = 0x0;
    private static final byte VALUE = 0x1;
    private static final int KEPT_BYTES = 4 << 20;
    private static final int ENTRY_BYTES = 32; // what a memtable adds to each key and value

    private byte[] bytes = new byte[4096];
    private int length = HEADER_BYTES;
    private int count;

    void put(int family, byte[] key, byte[] value) {
        put(family, key, 0, key.length, value, 0, value.length);
    }

    void put(int family, byte[] key, int keyAt, int keyLength, byte[] value, int valueAt, int valueLength) {
        ensure((long) keyLength + valueLength);
        begin(family, VALUE, FAMILY_VALUE);
        append(key, keyAt, keyLength);
        append(value, valueAt, valueLength);
    }

    void delete(int family, byte[] key) {
        delete(family, key, 0, key.length);
    }

    void delete(int family, byte[] key, int keyAt, int keyLength) {
        ensure(keyLength);
        begin(family, DELETION, FAMILY_DELETION);
        append(key, keyAt, keyLength);
    }

    /** About the memory it takes once it is written. */
    long memoryBytes() {
        return length + (long) count * ENTRY_BYTES;
    }

    int count() {
        return count;
    }

    /** Walks through the changes. */
    Reader read() {
        return new Reader();
    }

    /** A copy in RocksDB's form. */
    byte[] toByteArray() {
        bytes[COUNT_OFFSET] = (byte) count;
        bytes[COUNT_OFFSET + 1] = (byte) (count >>> 8);
        bytes[COUNT_OFFSET + 2] = (byte) (count >>> 16);
        bytes[COUNT_OFFSET + 3] = (byte) (count >>> 24);
        return Arrays.copyOf(bytes, length);
    }

    /** Makes it empty, to be used again. */
    void clear() {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[KEPT_BYTES];
        }
        length = HEADER_BYTES;
        count = 0;
    }

    private void begin(int family, byte tag, byte familyTag) {
        if (family == 0) {
            bytes[length++] = tag;
        } else {
            bytes[length++] = familyTag;
            length = Varint.put(bytes, length, family);
        }
        count++;
    }

    private void append(byte[] source, int at, int size) {
        length = Varint.put(bytes, length, size);
        System.arraycopy(source, at, bytes, length, size);
        length += size;
    }

    private void ensure(long content) {
        long needed = length + content + 1 + 3 * Varint.MAX_BYTES;
        if (needed > Integer.MAX_VALUE - 16) {
            throw new IllegalStateException("a batch of " + needed + " bytes; it has to fit into one array");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(bytes.length * 2L, Integer.MAX_VALUE - 16)));
        }
    }

    /** Stands on one change after the other. */
    final class Reader {
        private int at = HEADER_BYTES;
        private int family;
        private boolean put;
        private int keyAt;
        private int keyLength;
        private int valueAt;
        private int valueLength;

        boolean next() {
            if (at >= length) {
                return false;
            }
            byte tag = bytes[at++];
            put = tag == VALUE || tag == FAMILY_VALUE;
            family = tag == FAMILY_VALUE || tag == FAMILY_DELETION ? varint() : 0;
            keyLength = varint();
            keyAt = at;
            at += keyLength;
            if (put) {
                valueLength = varint();
                valueAt = at;
                at += valueLength;
            }
            return true;
        }

        int family() {
            return family;
        }

        boolean isPut() {
            return put;
        }

        byte[] bytes() {
            return bytes;
        }

        int keyAt() {
            return keyAt;
        }

        int keyLength() {
            return keyLength;
        }

        int valueAt() {
            return valueAt;
        }

        int valueLength() {
            return valueLength;
        }

        private int varint() {
            int value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[at++];
                value |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }
}
