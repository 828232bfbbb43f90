package org.understudy.net;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/**
 * Frames of a closed set of types, as bytes: {@code length(4) checksum(4) type(1) fields tail}, big-endian.
 *
 * <p>The length counts what follows the checksum. The CRC32C covers length, type and fields. A tail, which only some
 * types have, carries checksums of its own: every record's, or a chunk's; it is not covered a second time.
 */
final class FrameCodec<T> {
    /** The bytes that tell how long the rest is, and its checksum. */
    static final int PREFIX_BYTES = 8;

    private static final int HEADER_BYTES = PREFIX_BYTES + 1;

    private final Map<Class<?>, FrameFormat<? extends T>> byType = new HashMap<>();
    private final FrameFormat<?>[] byCode = new FrameFormat<?>[256];
    private final int maxFrameBytes;

    FrameCodec(int maxFrameBytes, List<FrameFormat<? extends T>> formats) {
        this.maxFrameBytes = maxFrameBytes;
        for (FrameFormat<? extends T> format : formats) {
            if (byType.put(format.type(), format) != null || byCode[format.code()] != null) {
                throw new IllegalStateException("two formats for " + format.type() + " or code " + format.code());
            }
            byCode[format.code()] = format;
        }
    }

    /** The size of the frame whose first bytes these are, checked before anything is allocated for it. */
    static int frameBytes(int length, int maxFrameBytes) {
        if (length < 1 || length > maxFrameBytes - PREFIX_BYTES) {
            throw new BadFrameException("a frame that says it has " + (length & 0xFFFF_FFFFL) + " bytes; 1 to "
                    + (maxFrameBytes - PREFIX_BYTES) + " are taken");
        }
        return PREFIX_BYTES + length;
    }

    WireFrame encode(T value) {
        return encode(value, formatOf(value));
    }

    private <V> WireFrame encode(T value, FrameFormat<V> format) {
        V typed = format.type().cast(value);
        FrameTail tail = format.tail().apply(typed);
        ValueWriter out = new ValueWriter().putInt(0).putInt(0).putByte(format.code());
        format.write().accept(out, typed);
        byte[] head = out.toByteArray();
        if (head.length + tail.length() > maxFrameBytes) {
            throw new IllegalArgumentException("a " + format.type().getSimpleName() + " of "
                    + (head.length + tail.length()) + " bytes; a frame has at most " + maxFrameBytes
                    + ": send it in smaller pieces");
        }
        ByteBuffer buffer = ByteBuffer.wrap(head);
        buffer.putInt(0, head.length - PREFIX_BYTES + tail.length());
        buffer.putInt(Integer.BYTES, checksum(head, 0, head.length));
        return new WireFrame(head, tail.array(), tail.offset(), tail.length());
    }

    /** Reads one whole frame, which keeps the array. */
    T decode(byte[] bytes, int offset, int length) {
        if (length < HEADER_BYTES) {
            throw new BadFrameException(length + " bytes, where a frame's header has " + HEADER_BYTES);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        int said = frameBytes(buffer.getInt(offset), maxFrameBytes);
        if (said != length) {
            throw new BadFrameException("a frame of " + said + " bytes, of which " + length + " are here");
        }
        int code = bytes[offset + PREFIX_BYTES] & 0xFF;
        return decode(buffer, formatOf(code));
    }

    private T decode(ByteBuffer frame, FrameFormat<? extends T> format) {
        int offset = frame.position();
        int end = frame.limit();
        int fieldsEnd = format.hasTail() ? offset + HEADER_BYTES + format.fieldBytes() : end;
        if (fieldsEnd > end) {
            throw new BadFrameException("a " + format.type().getSimpleName() + " cut short");
        }
        if (checksum(frame.array(), offset, fieldsEnd - offset) != frame.getInt(offset + Integer.BYTES)) {
            throw new BadFrameException(
                    "wrong checksum in a frame of type " + format.type().getSimpleName());
        }
        try {
            ValueReader fields = new ValueReader(
                    frame.duplicate().position(offset + HEADER_BYTES).limit(fieldsEnd));
            T value = format.read().apply(fields, new FrameTail(frame.array(), fieldsEnd, end - fieldsEnd));
            fields.end();
            return value;
        } catch (RuntimeException refused) {
            // Whatever a value refuses to be made of, it is the other end that sent it.
            throw new BadFrameException(
                    "a " + format.type().getSimpleName() + " with " + refused.getMessage(), refused);
        }
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, Integer.BYTES);
        crc.update(bytes, offset + PREFIX_BYTES, length - PREFIX_BYTES);
        return (int) crc.getValue();
    }

    private FrameFormat<? extends T> formatOf(T value) {
        FrameFormat<? extends T> format = byType.get(value.getClass());
        if (format == null) {
            throw new IllegalArgumentException("no wire format for " + value.getClass());
        }
        return format;
    }

    private FrameFormat<? extends T> formatOf(int code) {
        FrameFormat<?> format = byCode[code];
        if (format == null) {
            throw new BadFrameException("unknown frame type " + code);
        }
        return byType.get(format.type());
    }
}
