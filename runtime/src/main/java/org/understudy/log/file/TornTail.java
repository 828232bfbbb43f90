package org.understudy.log.file;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.zip.CRC32C;
import org.understudy.Standing;
import org.understudy.log.RecordFrame;
import org.understudy.log.RecordKind;

/**
 * What stands behind the last good record of a log, and what it tells (protocol.md §2.1): a write that was under way when
 * the machine stopped, or damage to records that were stored.
 *
 * <p>When nothing good follows, the write was torn. When a good record follows a bad one, it is damage, except where the
 * bad one was never written: a disk may store the later sectors of a write and not the earlier ones, and a sector that was
 * not written still has the zeros that were there before the records.
 */
final class TornTail {
    private static final int SECTOR_BYTES = 512;

    private final byte[] bytes;
    private final long position;
    private final Standing before;

    /** What a file holds from a position on, behind the record of this standing. */
    TornTail(byte[] bytes, long position, Standing before) {
        this.bytes = bytes;
        this.position = position;
        this.before = before;
    }

    /** Whether there is nothing but room. */
    boolean isEmpty() {
        return isZero(0, bytes.length);
    }

    /** Whether it may be cut; otherwise records are damaged that this site may have acknowledged. */
    boolean isTorn() {
        OptionalInt good = goodRecord();
        return good.isEmpty() || hasUnwrittenSector(good.getAsInt());
    }

    private OptionalInt goodRecord() {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long lastLsn = before.lsn() + bytes.length / RecordFrame.HEADER_BYTES + 1;
        for (int at = 1; at <= bytes.length - RecordFrame.HEADER_BYTES; at++) {
            long lsn = RecordFrame.lsn(buffer, at);
            int payload = RecordFrame.payloadLength(buffer, at);
            if (lsn > before.lsn()
                    && lsn <= lastLsn
                    && payload >= 0
                    && payload <= bytes.length - at - RecordFrame.HEADER_BYTES
                    && RecordFrame.generation(buffer, at) >= before.generation()
                    && RecordKind.exists(bytes[at + RecordFrame.KIND_OFFSET])
                    && RecordFrame.checksum(crc, bytes, at, RecordFrame.size(payload)) == buffer.getInt(at)) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    private boolean hasUnwrittenSector(int until) {
        int start = 0;
        int end = (int) (SECTOR_BYTES - position % SECTOR_BYTES);
        while (end <= until) {
            if (isZero(start, end)) {
                return true;
            }
            start = end;
            end += SECTOR_BYTES;
        }
        return false;
    }

    private boolean isZero(int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
