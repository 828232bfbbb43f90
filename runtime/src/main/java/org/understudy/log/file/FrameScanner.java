package org.understudy.log.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.understudy.Standing;
import org.understudy.log.RecordFrame;
import org.understudy.log.RecordKind;

/** Walks over the records of a file, one after the other, and stops at the first that is none or does not follow. */
final class FrameScanner {
    private static final int WINDOW_BYTES = 256 << 10;

    private final LogFile file;
    private final long fileEnd;
    private final boolean checked;
    private final CRC32C crc = new CRC32C();

    private byte[] window = new byte[0];
    private ByteBuffer frames = ByteBuffer.wrap(window);
    private long windowStart;
    private int windowLength;

    private long position;
    private int size;
    private Standing standing;

    private FrameScanner(LogFile file, long start, long fileEnd, Standing before, boolean checked) {
        this.file = file;
        this.fileEnd = fileEnd;
        this.checked = checked;
        this.position = start;
        this.standing = before;
    }

    /** Walks from a position on, where the record behind this standing begins, and checks each record's checksum. */
    static FrameScanner checking(LogFile file, long start, long fileEnd, Standing before) {
        return new FrameScanner(file, start, fileEnd, before, true);
    }

    /** Walks without checksums, to find where a record begins. */
    static FrameScanner hopping(LogFile file, long start, long fileEnd, long lsnBefore) {
        return new FrameScanner(file, start, fileEnd, new Standing(0, lsnBefore), false);
    }

    /** Moves to the next record; false, without moving, when what follows is not the record that should. */
    boolean next() {
        long at = position + size;
        if (!load(at, RecordFrame.HEADER_BYTES)) {
            return false;
        }
        int offset = (int) (at - windowStart);
        int payload = RecordFrame.payloadLength(frames, offset);
        long lsn = RecordFrame.lsn(frames, offset);
        long generation = RecordFrame.generation(frames, offset);
        if (payload < 0
                || payload > fileEnd - at - RecordFrame.HEADER_BYTES
                || lsn != standing.lsn() + 1
                || generation < standing.generation()) {
            return false;
        }
        int nextSize = RecordFrame.size(payload);
        if (checked && !(load(at, nextSize) && isWhole((int) (at - windowStart), nextSize))) {
            return false;
        }
        position = at;
        size = nextSize;
        standing = new Standing(generation, lsn);
        return true;
    }

    /** Where the record begins. */
    long position() {
        return position;
    }

    /** Where it ends; the start of the walk before the first. */
    long end() {
        return position + size;
    }

    /** Its generation and LSN; those below the start before the first. */
    Standing standing() {
        return standing;
    }

    private boolean isWhole(int offset, int length) {
        return RecordKind.exists(window[offset + RecordFrame.KIND_OFFSET])
                && RecordFrame.checksum(crc, window, offset, length) == frames.getInt(offset);
    }

    private boolean load(long at, int bytes) {
        if (at + bytes > fileEnd) {
            return false;
        }
        if (at < windowStart || at + bytes > windowStart + windowLength) {
            int wanted = (int) Math.min(fileEnd - at, Math.max(bytes, WINDOW_BYTES));
            if (window.length < wanted) {
                window = new byte[wanted];
                frames = ByteBuffer.wrap(window);
            }
            windowStart = at;
            windowLength = file.read(at, window, 0, wanted);
        }
        return at + bytes <= windowStart + windowLength;
    }
}
