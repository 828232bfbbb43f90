package org.understudy.log.file;

import java.nio.ByteBuffer;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Place;
import org.understudy.log.MalformedRecordException;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordFrame;

/** One file of a log: a header, and records from the LSN it is named by on. */
final class Segment {
    private static final String SUFFIX = ".log";
    private static final int LSN_DIGITS = 20;

    private final Place place;
    private final SegmentHeader header;
    private final SegmentIndex index;
    private volatile long length;

    Segment(Place place, SegmentHeader header, long length) {
        this.place = place;
        this.header = header;
        this.index = new SegmentIndex(header.firstLsn());
        this.length = length;
    }

    static String name(long firstLsn) {
        String digits = Long.toString(firstLsn);
        return "0".repeat(LSN_DIGITS - digits.length()) + digits + SUFFIX;
    }

    static boolean isName(String name) {
        return name.length() == LSN_DIGITS + SUFFIX.length()
                && name.endsWith(SUFFIX)
                && name.chars().limit(LSN_DIGITS).allMatch(digit -> digit >= '0' && digit <= '9');
    }

    String name() {
        return name(firstLsn());
    }

    SegmentHeader header() {
        return header;
    }

    long firstLsn() {
        return header.firstLsn();
    }

    SegmentIndex index() {
        return index;
    }

    /** Where its records end. */
    long length() {
        return length;
    }

    void length(long bytes) {
        length = bytes;
    }

    /** Reads whole records from {@code fromLsn} on, which it holds; at least one. */
    RecordBatch read(LogFile file, long fromLsn, long toLsn, int maxBytes) {
        long start = positionOf(file, fromLsn);
        long available = length - start;
        byte[] bytes = new byte[(int) Math.min(available, Math.max(maxBytes, RecordFrame.HEADER_BYTES))];
        readFully(file, start, bytes, fromLsn);
        int first = frameSize(bytes, 0, available, start, fromLsn);
        if (first > bytes.length) {
            bytes = new byte[first];
            readFully(file, start, bytes, fromLsn);
        }
        int end = first;
        long lsn = fromLsn + 1;
        while (lsn <= toLsn && bytes.length - end >= RecordFrame.HEADER_BYTES) {
            int size = frameSize(bytes, end, available - end, start + end, lsn);
            if (size > bytes.length - end) {
                break;
            }
            end += size;
            lsn++;
        }
        RecordBatch batch = parse(bytes, end, start, fromLsn);
        index.noteNext(lsn, start + end);
        return batch;
    }

    /** Where a record begins that this segment holds; where the records end for the LSN behind the last. */
    long positionOf(LogFile file, long lsn) {
        SegmentIndex.Mark mark = index.floor(lsn);
        if (mark.lsn() == lsn) {
            return mark.position();
        }
        FrameScanner scanner = FrameScanner.hopping(file, mark.position(), length, mark.lsn() - 1);
        while (scanner.standing().lsn() < lsn - 1) {
            if (!scanner.next()) {
                throw damaged(scanner.end(), scanner.standing().lsn() + 1, "no record stands where it should");
            }
            index.note(scanner.standing().lsn(), scanner.position());
        }
        return scanner.end();
    }

    EnvironmentCorruptedException damaged(long position, long lsn, String what) {
        return damaged(place, name(), position, lsn, what);
    }

    static EnvironmentCorruptedException damaged(Place place, String name, long position, long lsn, String what) {
        return new EnvironmentCorruptedException(
                place,
                "the log's file " + name + " is damaged at byte " + position + ", LSN " + lsn + ": " + what
                        + ". Don't repair it by hand: wipe this site's home and let it join again with replace=true,"
                        + " or restore a backup");
    }

    private RecordBatch parse(byte[] bytes, int end, long start, long fromLsn) {
        try {
            RecordBatch batch = RecordBatch.parse(bytes, 0, end);
            if (batch.firstLsn() != fromLsn) {
                throw damaged(start, fromLsn, "it holds LSN " + batch.firstLsn());
            }
            return batch;
        } catch (MalformedRecordException e) {
            EnvironmentCorruptedException damaged = damaged(start, fromLsn, e.getMessage());
            damaged.addSuppressed(e);
            throw damaged;
        }
    }

    private void readFully(LogFile file, long position, byte[] bytes, long lsn) {
        int count = file.read(position, bytes, 0, bytes.length);
        if (count < bytes.length) {
            throw damaged(position + count, lsn, "the file ends there, though it had " + length + " bytes");
        }
    }

    private int frameSize(byte[] bytes, int offset, long available, long position, long lsn) {
        int payload = RecordFrame.payloadLength(ByteBuffer.wrap(bytes), offset);
        if (payload < 0 || payload > available - RecordFrame.HEADER_BYTES) {
            throw damaged(position, lsn, "a record of " + payload + " bytes where " + available + " are left");
        }
        return RecordFrame.size(payload);
    }
}
