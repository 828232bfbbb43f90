package org.understudy.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.understudy.Standing;

/** Writes plain values one after the other, big-endian; the twin of {@link ValueReader}. */
public final class ValueWriter {
    private static final int INITIAL_BYTES = 256;

    private ByteBuffer buffer = ByteBuffer.allocate(INITIAL_BYTES);

    /** One byte. */
    public ValueWriter putByte(int value) {
        ensure(1).put((byte) value);
        return this;
    }

    /** A truth value, as one byte. */
    public ValueWriter putBoolean(boolean value) {
        return putByte(value ? 1 : 0);
    }

    /** Four bytes. */
    public ValueWriter putInt(int value) {
        ensure(Integer.BYTES).putInt(value);
        return this;
    }

    /** Eight bytes. */
    public ValueWriter putLong(long value) {
        ensure(Long.BYTES).putLong(value);
        return this;
    }

    /** Sixteen bytes. */
    public ValueWriter putUuid(UUID value) {
        return putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    /** A string in UTF-8 with its length before it. */
    public ValueWriter putString(String value) {
        return putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes with their length before them. */
    public ValueWriter putBytes(byte[] value) {
        putInt(value.length);
        ensure(value.length).put(value);
        return this;
    }

    /** Bytes with their length before them. */
    public ValueWriter putBytes(byte[] array, int offset, int length) {
        putInt(length);
        ensure(length).put(array, offset, length);
        return this;
    }

    /** Generation and LSN. */
    public ValueWriter putStanding(Standing value) {
        return putLong(value.generation()).putLong(value.lsn());
    }

    /** A collection's size, then its elements. */
    public <T> ValueWriter putAll(Collection<T> values, BiConsumer<ValueWriter, T> element) {
        putInt(values.size());
        values.forEach(value -> element.accept(this, value));
        return this;
    }

    /** How many bytes were written. */
    public int length() {
        return buffer.position();
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private ByteBuffer ensure(int more) {
        if (buffer.remaining() < more) {
            int size = Math.max(buffer.capacity() * 2, buffer.position() + more);
            buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), size)).position(buffer.position());
        }
        return buffer;
    }
}
