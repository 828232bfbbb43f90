package org.understudy.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Keys with their values one behind the other in chunks of memory that are filled, and used again, in turn: the oldest go
 * first. One thread at a time appends; any number read meanwhile, and notice when what they read is being overwritten.
 *
 * <p>Each entry tells since which {@link WriteStamp} its key has had this value.
 *
 * <p>An entry is {@code since(8) family(4) key length(4) value length(4) key value}, and its location, of 48 bits and never zero, the
 * number of the chunk filled since the beginning, then its offset there in units of 16 bytes.
 */
final class EntryRing {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int CHUNK_BYTES = (1 << 20) - 32; // with its header it fills one region of the collector
    private static final int UNIT_SHIFT = 4;
    private static final int OFFSET_BITS = 16;
    private static final int FAMILY_AT = 8;
    private static final int KEY_LENGTH_AT = 12;
    private static final int VALUE_LENGTH_AT = 16;
    private static final int HEADER_BYTES = 20;
    private static final int LARGEST_ENTRY_BYTES = CHUNK_BYTES / 8;

    private final byte[][] chunks;
    private volatile long filling = 1; // the number of the chunk being filled
    private int end; // of what it holds

    EntryRing(long bytes) {
        chunks = new byte[(int) Math.max(2, bytes / CHUNK_BYTES)][];
        chunks[chunkIndex(filling)] = new byte[CHUNK_BYTES];
    }

    /** Adds an entry and tells its location; 0 when it is too large to be kept. */
    long append(
            long since,
            int family,
            byte[] keys,
            int keyAt,
            int keyLength,
            byte[] values,
            int valueAt,
            int valueLength) {
        long size = HEADER_BYTES + (long) keyLength + valueLength;
        if (size > LARGEST_ENTRY_BYTES) {
            return 0;
        }
        if (end + size > CHUNK_BYTES) {
            nextChunk();
        }
        byte[] chunk = chunks[chunkIndex(filling)];
        int at = end;
        LONGS.set(chunk, at, since);
        INTS.set(chunk, at + FAMILY_AT, family);
        INTS.set(chunk, at + KEY_LENGTH_AT, keyLength);
        INTS.set(chunk, at + VALUE_LENGTH_AT, valueLength);
        System.arraycopy(keys, keyAt, chunk, at + HEADER_BYTES, keyLength);
        System.arraycopy(values, valueAt, chunk, at + HEADER_BYTES + keyLength, valueLength);
        end = (int) (at + size + (1 << UNIT_SHIFT) - 1) >>> UNIT_SHIFT << UNIT_SHIFT;
        return filling << OFFSET_BITS | at >>> UNIT_SHIFT;
    }

    /**
     * Gives the entry at a location another value, where it lies, if that isn't longer; whoever reads it meanwhile must have
     * another way to notice.
     */
    boolean replace(long location, long since, byte[] values, int valueAt, int valueLength) {
        byte[] chunk = chunk(location);
        int at = at(location);
        if (!isKept(location) || valueLength > (int) INTS.get(chunk, at + VALUE_LENGTH_AT)) {
            return false;
        }
        int keyLength = (int) INTS.get(chunk, at + KEY_LENGTH_AT);
        LONGS.set(chunk, at, since);
        INTS.set(chunk, at + VALUE_LENGTH_AT, valueLength);
        System.arraycopy(values, valueAt, chunk, at + HEADER_BYTES + keyLength, valueLength);
        return true;
    }

    /** Whether the entry at a location is still there. */
    boolean isKept(long location) {
        return (location >>> OFFSET_BITS) + chunks.length > filling;
    }

    /** Whether the entry at a location is still there and has this key. */
    boolean holds(long location, int family, byte[] keys, int keyAt, int keyLength) {
        if (!isKept(location)) {
            return false;
        }
        byte[] chunk = chunk(location);
        int at = at(location);
        int storedAt = at + HEADER_BYTES;
        return (int) INTS.get(chunk, at + FAMILY_AT) == family
                && (int) INTS.get(chunk, at + KEY_LENGTH_AT) == keyLength
                && keyLength <= CHUNK_BYTES - storedAt
                && Arrays.equals(chunk, storedAt, storedAt + keyLength, keys, keyAt, keyAt + keyLength);
    }

    /** A copy of the value of the entry at a location, or null when the entry is gone, has another key, or is too young. */
    byte[] read(long location, long asOf, int family, byte[] key) {
        byte[] chunk = chunk(location);
        int at = at(location);
        if (!holds(location, family, key, 0, key.length) || (long) LONGS.get(chunk, at) > asOf) {
            return null;
        }
        int length = (int) INTS.get(chunk, at + VALUE_LENGTH_AT);
        int valueAt = at + HEADER_BYTES + key.length;
        if (length < 0 || length > CHUNK_BYTES - valueAt) {
            return null; // it is being overwritten
        }
        byte[] value = Arrays.copyOfRange(chunk, valueAt, valueAt + length);
        VarHandle.loadLoadFence(); // what was read must not be younger than what is asked now
        return isKept(location) ? value : null;
    }

    private void nextChunk() {
        filling = filling + 1;
        VarHandle.fullFence(); // readers must know before they can see what is written over
        end = 0;
        int next = chunkIndex(filling);
        if (chunks[next] == null) {
            chunks[next] = new byte[CHUNK_BYTES];
        }
    }

    private byte[] chunk(long location) {
        return chunks[chunkIndex(location >>> OFFSET_BITS)];
    }

    private int chunkIndex(long number) {
        return (int) (number % chunks.length);
    }

    private static int at(long location) {
        return (int) (location & (1 << OFFSET_BITS) - 1) << UNIT_SHIFT;
    }
}
