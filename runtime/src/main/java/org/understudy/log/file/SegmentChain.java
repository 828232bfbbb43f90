package org.understudy.log.file;

import java.util.ArrayList;
import java.util.List;
import org.understudy.Standing;
import org.understudy.log.RecordBatch;

/** The files of a log, oldest first; the last one grows. Whoever changes the chain sees to it that nobody else uses it. */
final class SegmentChain {
    private final LogDirectory directory;
    private final LogOptions options;
    private volatile List<Segment> segments;
    private volatile SegmentWriter tail;

    SegmentChain(LogDirectory directory, LogOptions options, List<Segment> segments, SegmentWriter tail) {
        this.directory = directory;
        this.options = options;
        this.segments = List.copyOf(segments);
        this.tail = tail;
    }

    /** Begins a chain in a directory that holds no segment. */
    static SegmentChain create(LogDirectory directory, LogOptions options, Standing below) {
        SegmentWriter tail = SegmentWriter.create(directory, options, new SegmentHeader(below, 0, 0));
        return new SegmentChain(directory, options, List.of(tail.segment()), tail);
    }

    SegmentWriter tail() {
        return tail;
    }

    /** The standing just below the first record. */
    Standing below() {
        return segments.get(0).header().below();
    }

    int count() {
        return segments.size();
    }

    long bytes() {
        return segments.stream().mapToLong(Segment::length).sum();
    }

    /** The first LSN of the newest segments that have no more than so many bytes together, or else of the last. */
    long firstLsnWithin(long bytes) {
        List<Segment> now = segments;
        int index = now.size() - 1;
        long total = now.get(index).length();
        while (index > 0 && total + now.get(index - 1).length() <= bytes) {
            index--;
            total += now.get(index).length();
        }
        return now.get(index).firstLsn();
    }

    /** The first LSN there would be after a {@link #trim}. */
    long firstLsnTrimmed(long keepFromLsn) {
        List<Segment> now = segments;
        int index = 0;
        while (index + 1 < now.size() && now.get(index + 1).firstLsn() <= keepFromLsn) {
            index++;
        }
        return now.get(index).firstLsn();
    }

    /** Closes the segment that grows and begins the next; when this returns, the closed one lasts. */
    void roll(Standing last) {
        tail.seal();
        Segment sealed = tail.segment();
        SegmentHeader header = new SegmentHeader(last, sealed.firstLsn(), sealed.length());
        SegmentWriter next = SegmentWriter.create(directory, options, header);
        tail.file().close();
        List<Segment> more = new ArrayList<>(segments);
        more.add(next.segment());
        segments = List.copyOf(more);
        tail = next;
    }

    /** Whole records from an LSN on that the chain holds, up to another or to the end of a segment. */
    RecordBatch read(long fromLsn, long toLsn, int maxBytes) {
        SegmentWriter writer = tail;
        if (fromLsn >= writer.segment().firstLsn()) {
            return writer.segment().read(writer.file(), fromLsn, toLsn, maxBytes);
        }
        Segment segment = segments.get(indexOf(fromLsn));
        try (LogFile file = directory.open(segment.name())) {
            return segment.read(file, fromLsn, toLsn, maxBytes);
        }
    }

    /** The standing of the log if it ended with this LSN. */
    Standing standingAt(long lsn) {
        Segment next = segments.get(indexOf(lsn + 1));
        return next.firstLsn() == lsn + 1
                ? next.header().below()
                : read(lsn, lsn, 0).last();
    }

    /** Cuts everything above an LSN; lasting when this returns. The newest file goes first, so that no gap can be left. */
    void cut(long lastLsnKept) {
        int kept = indexOf(lastLsnKept + 1);
        if (kept < segments.size() - 1) {
            tail.file().close();
            for (int i = segments.size() - 1; i > kept; i--) {
                deleteForGood(segments.get(i));
            }
            Segment segment = segments.get(kept);
            tail = SegmentWriter.resume(options, segment, directory.open(segment.name()));
            segments = segments.subList(0, kept + 1);
        }
        Segment segment = tail.segment();
        long position = segment.positionOf(tail.file(), lastLsnKept + 1);
        segment.index().cut(lastLsnKept);
        tail.cut(position);
    }

    /** Deletes the segments that hold nothing from an LSN on, but never the last. The oldest goes first. */
    void trim(long keepFromLsn) {
        while (segments.size() > 1 && segments.get(1).firstLsn() <= keepFromLsn) {
            Segment oldest = segments.get(0);
            segments = segments.subList(1, segments.size());
            deleteForGood(oldest);
        }
    }

    void close() {
        tail.file().close();
    }

    private void deleteForGood(Segment segment) {
        directory.delete(segment.name());
        directory.force();
    }

    private int indexOf(long lsn) {
        int index = segments.size() - 1;
        while (index > 0 && segments.get(index).firstLsn() > lsn) {
            index--;
        }
        return index;
    }
}
