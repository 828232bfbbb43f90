package org.understudy.log.file;

import org.understudy.log.RecordBatch;

/** The end of a log: the segment that grows. */
final class SegmentWriter {
    /** What may be left to force when a segment is closed by an append, which has to wait for it. */
    private static final long CLOSING_FORCE_BYTES = 4 << 20;

    private static final byte[] ZEROS = new byte[256 << 10];

    private final LogOptions options;
    private final Segment segment;
    private final LogFile file;
    private long room;
    private volatile long forcedLength;

    private SegmentWriter(LogOptions options, Segment segment, LogFile file, long room) {
        this.options = options;
        this.segment = segment;
        this.file = file;
        this.room = room;
        this.forcedLength = segment.length();
    }

    /** Creates a segment; when this returns, it lasts. */
    static SegmentWriter create(LogDirectory directory, LogOptions options, SegmentHeader header) {
        Segment segment = new Segment(options.place(), header, SegmentHeader.BYTES);
        LogFile file = directory.create(segment.name());
        file.write(0, header.encode(), 0, SegmentHeader.BYTES);
        file.force();
        directory.force();
        return new SegmentWriter(options, segment, file, SegmentHeader.BYTES);
    }

    /** Goes on in a segment whose file has been forced. */
    static SegmentWriter resume(LogOptions options, Segment segment, LogFile file) {
        return new SegmentWriter(options, segment, file, file.size());
    }

    Segment segment() {
        return segment;
    }

    LogFile file() {
        return file;
    }

    /**
     * Whether the next segment should be begun before so many more bytes: not while much of this one is still to be
     * forced, since that is better left to whoever forces, but never beyond twice the size.
     */
    boolean isFull(int moreBytes) {
        long length = segment.length();
        return length > SegmentHeader.BYTES
                && length + moreBytes > options.segmentBytes()
                && (unforcedBytes() <= CLOSING_FORCE_BYTES || length + moreBytes > 2 * options.segmentBytes());
    }

    long unforcedBytes() {
        return segment.length() - forcedLength;
    }

    void append(RecordBatch batch) {
        long start = segment.length();
        long end = start + batch.length();
        file.write(start, batch.array(), batch.arrayOffset(), batch.length());
        if (end > room) {
            makeRoom(end);
        }
        segment.index().note(batch.firstLsn(), start);
        segment.length(end);
    }

    void force() {
        long length = segment.length();
        file.force();
        forcedLength = length;
    }

    /** Cuts everything behind a position; lasting when this returns. */
    void cut(long position) {
        file.truncate(position);
        file.force();
        room = position;
        segment.length(position);
        forcedLength = position;
    }

    /** Takes the room away and forces the rest, before the next segment gets its first record. */
    void seal() {
        file.truncate(segment.length());
        force();
    }

    private void makeRoom(long end) {
        long step = options.roomBytes();
        long wanted = step == 0 ? end : (end + step - 1) / step * step;
        room = Math.max(end, Math.min(wanted, options.segmentBytes()));
        for (long at = end; at < room; at += ZEROS.length) {
            file.write(at, ZEROS, 0, (int) Math.min(ZEROS.length, room - at));
        }
    }
}
