package org.understudy.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.understudy.log.MalformedRecordException;

/**
 * Walks through the changes of a {@code TRANSACTION} or {@code BRANCH} record where they lie, copying nothing; used again for the next record.
 *
 * @see ChangeWriter
 */
final class ChangeReader {
    private byte[] bytes;
    private int at;
    private int end;
    private int left;
    private int flags;
    private int database;
    private int freshDatabase;
    private int keyAt;
    private int keyLength;
    private int afterAt;
    private int afterLength;
    private int beforeAt;
    private int beforeLength;

    /** Stands before the first change of the payload in {@code array[offset, offset + length)}. */
    ChangeReader reset(byte[] array, int offset, int length) {
        bytes = array;
        at = offset;
        end = offset + length;
        byte format = nextByte();
        if (format != ChangeWriter.FORMAT) {
            throw new MalformedRecordException(
                    "transaction of format " + format + "; this release reads " + ChangeWriter.FORMAT);
        }
        left = nextVarint();
        return this;
    }

    /** Goes to the next change, if there is one. */
    boolean next() {
        if (left == 0) {
            if (at != end) {
                throw new MalformedRecordException((end - at) + " bytes behind a transaction's last change");
            }
            return false;
        }
        left--;
        flags = nextByte();
        database = nextVarint();
        if (flags == ChangeWriter.TRUNCATION) {
            freshDatabase = nextVarint();
            return true;
        }
        if (flags == ChangeWriter.DATABASE) {
            afterLength = nextVarint();
            afterAt = skip(afterLength);
            return true;
        }
        keyLength = nextVarint();
        keyAt = skip(keyLength);
        if (hasAfter()) {
            afterLength = nextVarint();
            afterAt = skip(afterLength);
        }
        if (hasBefore()) {
            beforeLength = nextVarint();
            beforeAt = skip(beforeLength);
        }
        return true;
    }

    boolean isTruncation() {
        return flags == ChangeWriter.TRUNCATION;
    }

    /** Whether this is about a database as a whole, and in {@link #databaseChange}. */
    boolean isDatabaseChange() {
        return flags == ChangeWriter.DATABASE;
    }

    /** Whether a key is put or deleted. */
    boolean isOfKey() {
        return (flags & (ChangeWriter.TRUNCATION | ChangeWriter.DATABASE)) == 0;
    }

    DatabaseChange databaseChange() {
        return DatabaseChange.decode(
                ByteBuffer.wrap(bytes, afterAt, afterLength).slice());
    }

    boolean hasAfter() {
        return (flags & ChangeWriter.HAS_AFTER) != 0;
    }

    boolean hasBefore() {
        return (flags & ChangeWriter.HAS_BEFORE) != 0;
    }

    int database() {
        return database;
    }

    int freshDatabase() {
        return freshDatabase;
    }

    byte[] key() {
        return Arrays.copyOfRange(bytes, keyAt, keyAt + keyLength);
    }

    /** A copy of the value written. */
    byte[] after() {
        return Arrays.copyOfRange(bytes, afterAt, afterAt + afterLength);
    }

    /** Whether the key is at least {@code from} (or that is missing) and less than {@code to} (or that is missing). */
    boolean keyIsBetween(byte[] from, byte[] to) {
        return (from == null || Arrays.compareUnsigned(bytes, keyAt, keyAt + keyLength, from, 0, from.length) >= 0)
                && (to == null || Arrays.compareUnsigned(bytes, keyAt, keyAt + keyLength, to, 0, to.length) < 0);
    }

    /** Makes the change in a batch. */
    void redo(RocksBatch batch, int family) {
        if (hasAfter()) {
            batch.put(family, bytes, keyAt, keyLength, bytes, afterAt, afterLength);
        } else {
            batch.delete(family, bytes, keyAt, keyLength);
        }
    }

    /** Takes the change back in a batch. */
    void undo(RocksBatch batch, int family) {
        if (hasBefore()) {
            batch.put(family, bytes, keyAt, keyLength, bytes, beforeAt, beforeLength);
        } else {
            batch.delete(family, bytes, keyAt, keyLength);
        }
    }

    private byte nextByte() {
        if (at >= end) {
            throw new MalformedRecordException("a transaction's changes end too early");
        }
        return bytes[at++];
    }

    private int nextVarint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = nextByte();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedRecordException("a number of more than " + Varint.MAX_BYTES + " bytes in a transaction");
    }

    private int skip(int length) {
        if (length < 0 || length > end - at) {
            throw new MalformedRecordException(
                    "a length of " + length + " in a transaction where " + (end - at) + " bytes are left");
        }
        int start = at;
        at += length;
        return start;
    }
}
