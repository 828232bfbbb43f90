package org.understudy.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;

/**
 * Keys with their values one behind the other in chunks of memory outside the Java heap that are filled, and used again, in
 * turn: the oldest go first. One thread at a time appends; any number read meanwhile, and notice when what they read is being
 * overwritten.
 *
 * <p>Each entry tells since which {@link WriteStamp} its key has had this value.
 *
 * <p>An entry is {@code since(8) family(4) lengths(4) key value}, with the key's length in the upper 15 bits of the lengths and
 * the value's in the lower 17. Its location, of 48 bits and never zero, is the number of the chunk filled since the beginning,
 * then its offset there in units of 4 bytes.
 */
final class EntryRing {
    private static final Logger LOG = System.getLogger("org.understudy.store");
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int UNIT_SHIFT = 2;
    private static final int OFFSET_BITS = 18; // of a chunk's units
    private static final int FAMILY_AT = 8;
    private static final int LENGTHS_AT = 12;
    private static final int HEADER_BYTES = 16;
    private static final int VALUE_LENGTH_BITS = 17;
    private static final int LONGEST_KEY = (1 << Integer.SIZE - VALUE_LENGTH_BITS) - 1;
    private static final int LARGEST_ENTRY_BYTES = (1 << VALUE_LENGTH_BITS) - 1;

    private final IntFunction<ByteBuffer> memory;
    private final ByteBuffer[] chunks;
    private volatile long filling; // the number of the chunk being filled; 0: none is
    private int end; // of what it holds
    private boolean exhausted; // there is no more memory than what the chunks have

    EntryRing(long bytes) {
        this(bytes, ByteBuffer::allocateDirect);
    }

    /** {@code memory} makes a buffer of a size or throws an {@link OutOfMemoryError}. */
    EntryRing(long bytes, IntFunction<ByteBuffer> memory) {
        this.memory = memory;
        chunks = new ByteBuffer[(int) Math.min(Integer.MAX_VALUE / 2, Math.max(2, bytes / CHUNK_BYTES))];
        end = CHUNK_BYTES;
    }

    /** Adds an entry and tells its location; 0 when it is too large to be kept, or there is no memory at all. */
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
        if (size > LARGEST_ENTRY_BYTES || keyLength > LONGEST_KEY || end + size > CHUNK_BYTES && !nextChunk()) {
            return 0;
        }
        ByteBuffer chunk = chunks[chunkIndex(filling)];
        int at = end;
        chunk.putLong(at, since);
        chunk.putInt(at + FAMILY_AT, family);
        chunk.putInt(at + LENGTHS_AT, keyLength << VALUE_LENGTH_BITS | valueLength);
        chunk.put(at + HEADER_BYTES, keys, keyAt, keyLength);
        chunk.put(at + HEADER_BYTES + keyLength, values, valueAt, valueLength);
        end = (int) (at + size + (1 << UNIT_SHIFT) - 1) >>> UNIT_SHIFT << UNIT_SHIFT;
        return filling << OFFSET_BITS | at >>> UNIT_SHIFT;
    }

    /**
     * Gives the entry at a location another value, where it lies, if that isn't longer; whoever reads it meanwhile must have
     * another way to notice.
     */
    boolean replace(long location, long since, byte[] values, int valueAt, int valueLength) {
        ByteBuffer chunk = chunk(location);
        int at = at(location);
        int lengths = chunk.getInt(at + LENGTHS_AT);
        if (!isKept(location) || valueLength > valueLength(lengths)) {
            return false;
        }
        int keyLength = keyLength(lengths);
        chunk.putLong(at, since);
        chunk.putInt(at + LENGTHS_AT, keyLength << VALUE_LENGTH_BITS | valueLength);
        chunk.put(at + HEADER_BYTES + keyLength, values, valueAt, valueLength);
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
        ByteBuffer chunk = chunk(location);
        int at = at(location);
        return chunk.getInt(at + FAMILY_AT) == family
                && keyLength(chunk.getInt(at + LENGTHS_AT)) == keyLength
                && isKey(chunk, at + HEADER_BYTES, keys, keyAt, keyLength);
    }

    /** A copy of the value of the entry at a location, or null when the entry is gone, has another key, or is too young. */
    byte[] read(long location, long asOf, int family, byte[] key) {
        if (!holds(location, family, key, 0, key.length)) {
            return null;
        }
        ByteBuffer chunk = chunk(location);
        int at = at(location);
        int length = valueLength(chunk.getInt(at + LENGTHS_AT));
        int valueAt = at + HEADER_BYTES + key.length;
        if (chunk.getLong(at) > asOf || length > CHUNK_BYTES - valueAt) {
            return null; // too young, or it is being overwritten
        }
        byte[] value = new byte[length];
        chunk.get(valueAt, value);
        VarHandle.loadLoadFence(); // what was read must not be younger than what is asked now
        return isKept(location) ? value : null;
    }

    private static boolean isKey(ByteBuffer chunk, int storedAt, byte[] keys, int keyAt, int keyLength) {
        if (keyLength > CHUNK_BYTES - storedAt) {
            return false; // it is being overwritten
        }
        int i = 0;
        for (; i + Long.BYTES <= keyLength; i += Long.BYTES) {
            if (chunk.getLong(storedAt + i) != (long) LONGS.get(keys, keyAt + i)) {
                return false;
            }
        }
        for (; i < keyLength; i++) {
            if (chunk.get(storedAt + i) != keys[keyAt + i]) {
                return false;
            }
        }
        return true;
    }

    /** Begins to fill the next chunk; false when there is none. */
    private boolean nextChunk() {
        long next = filling + 1;
        if (chunks[chunkIndex(next)] == null && !makeChunk(chunkIndex(next))) {
            next += chunks.length
                    - chunkIndex(next); // those behind it were never filled: none is skipped that holds something
            if (chunks[0] == null) {
                return false;
            }
        }
        filling = next;
        VarHandle.fullFence(); // readers must know before they can see what is written over
        end = 0;
        return true;
    }

    private boolean makeChunk(int index) {
        if (exhausted) {
            return false;
        }
        try {
            chunks[index] = memory.apply(CHUNK_BYTES).order(ByteOrder.nativeOrder());
            return true;
        } catch (OutOfMemoryError e) {
            exhausted = true;
            LOG.log(
                    Level.WARNING,
                    "USTDY-0413: the memory for reading stays at " + index + " MiB instead of " + chunks.length
                            + ": this Java has no more outside its heap; lower block-cache or raise"
                            + " -XX:MaxDirectMemorySize");
            return false;
        }
    }

    private ByteBuffer chunk(long location) {
        return chunks[chunkIndex(location >>> OFFSET_BITS)];
    }

    /** Chunks are numbered from 1 on, so that no location is zero. */
    private int chunkIndex(long number) {
        return (int) ((number - 1) % chunks.length);
    }

    private static int at(long location) {
        return (int) (location & (1 << OFFSET_BITS) - 1) << UNIT_SHIFT;
    }

    private static int keyLength(int lengths) {
        return lengths >>> VALUE_LENGTH_BITS;
    }

    private static int valueLength(int lengths) {
        return lengths & (1 << VALUE_LENGTH_BITS) - 1;
    }
}
