package org.understudy.log.file;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.understudy.Standing;

/**
 * The first bytes of a segment. They chain each segment to the one before it, so that a missing, swapped or shortened one
 * is noticed when the log is opened.
 *
 * @param below the standing of the log just below this segment's first record
 * @param previousFirstLsn the name of the segment before; 0 for the first of a log
 * @param previousLength how long the segment before is, without the room behind its records
 */
record SegmentHeader(Standing below, long previousFirstLsn, long previousLength) {
    static final int BYTES = 48;

    private static final long MAGIC = 0x5553_5444_594c_4f47L;
    private static final int FORMAT = 1;
    private static final int CHECKSUM_OFFSET = BYTES - Integer.BYTES;

    long firstLsn() {
        return below.lsn() + 1;
    }

    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES)
                .putLong(MAGIC)
                .putInt(FORMAT)
                .putLong(below.generation())
                .putLong(below.lsn())
                .putLong(previousFirstLsn)
                .putLong(previousLength);
        return buffer.putInt(checksum(buffer.array())).array();
    }

    /** The header in these bytes; empty when they are none. */
    static Optional<SegmentHeader> decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < BYTES
                || buffer.getInt(CHECKSUM_OFFSET) != checksum(bytes)
                || buffer.getLong() != MAGIC
                || buffer.getInt() != FORMAT) {
            return Optional.empty();
        }
        return Optional.of(new SegmentHeader(
                new Standing(buffer.getLong(), buffer.getLong()), buffer.getLong(), buffer.getLong()));
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECKSUM_OFFSET);
        return (int) crc.getValue();
    }
}
