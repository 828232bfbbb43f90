package org.understudy.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.understudy.Standing;

/** Reads what {@link ValueWriter} wrote; every read that goes past the end is a {@link MalformedValueException}. */
public final class ValueReader {
    private final ByteBuffer buffer;

    /** Reads the buffer from its position to its limit. */
    public ValueReader(ByteBuffer buffer) {
        this.buffer = buffer.slice();
    }

    /** Reads the whole array. */
    public ValueReader(byte[] bytes) {
        this(ByteBuffer.wrap(bytes));
    }

    /** One byte. */
    public byte getByte() {
        return need(1).get();
    }

    /** A truth value. */
    public boolean getBoolean() {
        byte value = getByte();
        if (value != 0 && value != 1) {
            throw new MalformedValueException("a truth value of " + value);
        }
        return value == 1;
    }

    /** Four bytes. */
    public int getInt() {
        return need(Integer.BYTES).getInt();
    }

    /** Eight bytes. */
    public long getLong() {
        return need(Long.BYTES).getLong();
    }

    /** Sixteen bytes. */
    public UUID getUuid() {
        return new UUID(getLong(), getLong());
    }

    /** A string. */
    public String getString() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    /** Bytes with their length before them. */
    public byte[] getBytes() {
        byte[] bytes = new byte[getLength()];
        buffer.get(bytes);
        return bytes;
    }

    /** Generation and LSN. */
    public Standing getStanding() {
        return new Standing(getLong(), getLong());
    }

    /** A list, read element by element. */
    public <T> List<T> getAll(Function<ValueReader, T> element) {
        int size = getLength();
        List<T> values = new ArrayList<>(Math.min(size, 1024));
        for (int i = 0; i < size; i++) {
            values.add(element.apply(this));
        }
        return List.copyOf(values);
    }

    /** Bytes not read yet. */
    public int remaining() {
        return buffer.remaining();
    }

    /** Says that all has been read; what is left over is an error. */
    public void end() {
        if (buffer.hasRemaining()) {
            throw new MalformedValueException(buffer.remaining() + " bytes too many");
        }
    }

    /** A count that what follows can hold: no more than the bytes that are left. */
    private int getLength() {
        int length = getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new MalformedValueException(
                    "a length of " + length + " where " + buffer.remaining() + " bytes are left");
        }
        return length;
    }

    private ByteBuffer need(int bytes) {
        if (buffer.remaining() < bytes) {
            throw new MalformedValueException(bytes + " bytes wanted where " + buffer.remaining() + " are left");
        }
        return buffer;
    }
}
