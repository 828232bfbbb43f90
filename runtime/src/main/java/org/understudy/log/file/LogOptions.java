package org.understudy.log.file;

import org.understudy.Place;

/**
 * How a log keeps its files.
 *
 * @param place whose log it is, for messages
 * @param segmentBytes the size at which a segment is closed and the next one begun
 * @param roomBytes how far ahead of the records a segment is filled with zeros, so that a force need not write the file's
 *     size as well (measured: a third less time to a force); 0 for not at all
 * @param tailBytes how much of the newest records is kept in memory for those who read them
 */
public record LogOptions(Place place, long segmentBytes, int roomBytes, int tailBytes) {
    /** The smallest segment. */
    public static final long MIN_SEGMENT_BYTES = 4 << 10;
    /** The largest segment: one is scanned when the log is opened. */
    public static final long MAX_SEGMENT_BYTES = 512 << 20;

    private static final int ROOM_BYTES = 256 << 10;
    private static final int TAIL_BYTES = 4 << 20;

    /** Checks the bounds. */
    public LogOptions {
        if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException("a log segment of " + segmentBytes + " bytes; choose between "
                    + MIN_SEGMENT_BYTES + " and " + MAX_SEGMENT_BYTES);
        }
        if (roomBytes < 0 || tailBytes < 0) {
            throw new IllegalArgumentException("a negative size: room " + roomBytes + ", tail " + tailBytes);
        }
    }

    /** Segments of this size, everything else as measured best. */
    public static LogOptions of(Place place, long segmentBytes) {
        return new LogOptions(place, segmentBytes, ROOM_BYTES, TAIL_BYTES);
    }
}
