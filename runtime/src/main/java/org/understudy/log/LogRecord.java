package org.understudy.log;

import java.nio.ByteBuffer;
import org.understudy.Standing;

/** One record of the replicated log, a view of the bytes it came from. */
public final class LogRecord {
    private final byte[] bytes;
    private final int offset;
    private final int size;
    private final long generation;
    private final long lsn;
    private final RecordKind kind;

    LogRecord(byte[] bytes, int offset, int size) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        this.bytes = bytes;
        this.offset = offset;
        this.size = size;
        this.generation = buffer.getLong(offset + RecordFrame.GENERATION_OFFSET);
        this.lsn = buffer.getLong(offset + RecordFrame.LSN_OFFSET);
        this.kind = RecordKind.of(bytes[offset + RecordFrame.KIND_OFFSET]);
    }

    /** The generation it was written in. */
    public long generation() {
        return generation;
    }

    /** Its place in the log. */
    public long lsn() {
        return lsn;
    }

    /** Generation and LSN together. */
    public Standing standing() {
        return new Standing(generation, lsn);
    }

    /** What it tells. */
    public RecordKind kind() {
        return kind;
    }

    /** A read-only view of its payload. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(bytes, offset + RecordFrame.HEADER_BYTES, size - RecordFrame.HEADER_BYTES)
                .slice()
                .asReadOnlyBuffer();
    }

    /** A copy of its payload. */
    public byte[] payloadBytes() {
        byte[] copy = new byte[size - RecordFrame.HEADER_BYTES];
        System.arraycopy(bytes, offset + RecordFrame.HEADER_BYTES, copy, 0, copy.length);
        return copy;
    }

    /** The size of its frame in bytes. */
    public int frameBytes() {
        return size;
    }

    @Override
    public String toString() {
        return kind + " " + standing();
    }
}
