package org.understudy.store;

import java.nio.ByteBuffer;

/**
 * Writes the payload of a {@code TRANSACTION} or {@code BRANCH} record: a format byte, the number of changes, then each change.
 *
 * <p>A change is {@code flags(1) database key [after] [before]}, or {@code TRUNCATION(1) database fresh-database}, or {@code
 * DATABASE(1) 0 change} with an encoded {@link DatabaseChange}; numbers and lengths are {@link Varint}s, and keys, images and
 * changes have their length before them. The before-image is the value after
 * all earlier records; a missing image means that there is no such key then (protocol.md §2.1).
 */
final class ChangeWriter {
    static final byte FORMAT = 1;
    static final int HAS_AFTER = 1;
    static final int HAS_BEFORE = 2;
    static final int TRUNCATION = 4;
    static final int DATABASE = 8;

    private ChangeWriter() {}

    static void begin(ByteBuffer out, int changes) {
        out.put(FORMAT);
        Varint.put(out, changes);
    }

    static void change(ByteBuffer out, int database, byte[] key, byte[] after, byte[] before) {
        out.put((byte) ((after == null ? 0 : HAS_AFTER) | (before == null ? 0 : HAS_BEFORE)));
        Varint.put(out, database);
        put(out, key);
        if (after != null) {
            put(out, after);
        }
        if (before != null) {
            put(out, before);
        }
    }

    static void truncation(ByteBuffer out, int database, int fresh) {
        out.put((byte) TRUNCATION);
        Varint.put(out, database);
        Varint.put(out, fresh);
    }

    /** What else would be a record of its own, here because it has to stand or fall with the others (protocol.md §9). */
    static void databaseChange(ByteBuffer out, byte[] encoded) {
        out.put((byte) DATABASE);
        Varint.put(out, ReadSet.NO_DATABASE);
        put(out, encoded);
    }

    /** The bytes that {@link #begin} writes. */
    static int headerBytes(int changes) {
        return 1 + Varint.size(changes);
    }

    /** The bytes that {@link #change} writes. */
    static long changeBytes(int database, byte[] key, byte[] after, byte[] before) {
        return 1L
                + Varint.size(database)
                + size(key)
                + (after == null ? 0 : size(after))
                + (before == null ? 0 : size(before));
    }

    /** The bytes that {@link #truncation} writes. */
    static int truncationBytes(int database, int fresh) {
        return 1 + Varint.size(database) + Varint.size(fresh);
    }

    /** The bytes that {@link #databaseChange} writes. */
    static long databaseChangeBytes(byte[] encoded) {
        return 1L + Varint.size(ReadSet.NO_DATABASE) + size(encoded);
    }

    private static long size(byte[] bytes) {
        return (long) Varint.size(bytes.length) + bytes.length;
    }

    private static void put(ByteBuffer out, byte[] bytes) {
        Varint.put(out, bytes.length);
        out.put(bytes);
    }
}
