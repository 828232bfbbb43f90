package org.understudy.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of one record, the same on disk and on the wire: {@code checksum(4) length(4) generation(8) lsn(8) kind(1)
 * payload}; big-endian; the CRC32C covers everything after itself; the length is the payload's.
 */
public final class RecordFrame {
    /** Bytes before the payload. */
    public static final int HEADER_BYTES = 25;

    /** Where in a frame the kind's code stands. */
    public static final int KIND_OFFSET = 24;

    static final int LENGTH_OFFSET = 4;
    static final int GENERATION_OFFSET = 8;
    static final int LSN_OFFSET = 16;

    private RecordFrame() {}

    /** The whole frame's size for a payload of so many bytes. */
    public static int size(int payloadBytes) {
        return HEADER_BYTES + payloadBytes;
    }

    /** The CRC32C of a frame whose first byte is at {@code offset} and which has {@code size} bytes. */
    public static int checksum(CRC32C crc, byte[] bytes, int offset, int size) {
        crc.reset();
        crc.update(bytes, offset + LENGTH_OFFSET, size - LENGTH_OFFSET);
        return (int) crc.getValue();
    }

    /** The payload's length as the frame that begins at {@code offset} tells it; nothing about it is checked. */
    public static int payloadLength(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + LENGTH_OFFSET);
    }

    /** The generation as the frame that begins at {@code offset} tells it; nothing about it is checked. */
    public static long generation(ByteBuffer buffer, int offset) {
        return buffer.getLong(offset + GENERATION_OFFSET);
    }

    /** The LSN as the frame that begins at {@code offset} tells it; nothing about it is checked. */
    public static long lsn(ByteBuffer buffer, int offset) {
        return buffer.getLong(offset + LSN_OFFSET);
    }
}
