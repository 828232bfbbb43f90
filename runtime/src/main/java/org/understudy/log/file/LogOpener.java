package org.understudy.log.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.understudy.Standing;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/**
 * Opens the files of a log: checks the chain of its segments and repairs what a crash left at the end (protocol.md §2.1).
 * Only the last segment is read; the ones before it were forced before it got its first record.
 */
final class LogOpener {
    private static final String RESET = "log-reset";

    private final LogDirectory directory;
    private final LogOptions options;
    private final ChecksummedFile resetMark;
    private Standing last;
    private Recovery recovery;

    LogOpener(LogDirectory directory, LogOptions options) {
        this.directory = directory;
        this.options = options;
        this.resetMark = new ChecksummedFile(directory, options.place(), RESET);
    }

    /** How far the log reaches. */
    Standing last() {
        return last;
    }

    /** What was found. */
    Recovery recovery() {
        return recovery;
    }

    /** Opens the chain; a log without a record begins behind {@code below}. */
    SegmentChain open(Standing below) {
        Optional<byte[]> reset = resetMark.read();
        if (reset.isPresent()) {
            return begun(finishReset(new ValueReader(reset.get()).getStanding()));
        }
        // A process may have been killed between creating a segment and making its name last.
        directory.force();
        List<Segment> segments = segments();
        return segments.isEmpty() ? begun(SegmentChain.create(directory, options, below)) : recover(segments);
    }

    /** Replaces all segments by an empty log; a crash leaves either the old log or the new one. */
    SegmentChain reset(Standing below) {
        resetMark.write(new ValueWriter().putStanding(below).toByteArray());
        return finishReset(below);
    }

    private SegmentChain finishReset(Standing below) {
        segmentNames().forEach(directory::delete);
        SegmentChain chain = SegmentChain.create(directory, options, below);
        resetMark.delete();
        return chain;
    }

    private SegmentChain begun(SegmentChain chain) {
        last = chain.below();
        recovery = new Recovery(last, chain.tail().segment().name(), SegmentHeader.BYTES, 0);
        return chain;
    }

    private List<String> segmentNames() {
        return directory.names().stream().filter(Segment::isName).toList();
    }

    private List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        List<String> names = segmentNames();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            try (LogFile file = directory.open(name)) {
                Optional<SegmentHeader> header = header(file);
                if (header.isPresent() && header.get().firstLsn() == lsnOf(name)) {
                    segments.add(new Segment(options.place(), header.get(), file.size()));
                    continue;
                }
                refuseLostHeader(file, name, i == names.size() - 1);
            }
            // The creation of the last segment was interrupted: nothing was ever written behind the header.
            directory.delete(name);
            directory.force();
        }
        for (int i = 1; i < segments.size(); i++) {
            link(segments.get(i - 1), segments.get(i));
        }
        return segments;
    }

    private void refuseLostHeader(LogFile file, String name, boolean isLast) {
        boolean empty = file.size() <= SegmentHeader.BYTES
                || rest(file, SegmentHeader.BYTES, new Standing(0, 0)).isEmpty();
        if (!isLast || !empty) {
            throw Segment.damaged(options.place(), name, 0, lsnOf(name), "its header is not what was written");
        }
    }

    private void link(Segment before, Segment after) {
        SegmentHeader header = after.header();
        if (header.previousFirstLsn() != before.firstLsn()) {
            throw Segment.damaged(
                    options.place(),
                    Segment.name(header.previousFirstLsn()),
                    0,
                    header.previousFirstLsn(),
                    "the file is missing, though " + before.name() + " and " + after.name() + " are there");
        }
        if (before.length() < header.previousLength()) {
            throw before.damaged(
                    before.length(),
                    before.firstLsn(),
                    "the file had " + header.previousLength() + " bytes when it was closed");
        }
        before.length(header.previousLength());
    }

    private SegmentChain recover(List<Segment> segments) {
        Segment segment = segments.get(segments.size() - 1);
        LogFile file = directory.open(segment.name());
        try {
            repairEnd(segment, file);
            return new SegmentChain(directory, options, segments, SegmentWriter.resume(options, segment, file));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void repairEnd(Segment segment, LogFile file) {
        long fileEnd = file.size();
        FrameScanner scanner = FrameScanner.checking(
                file, SegmentHeader.BYTES, fileEnd, segment.header().below());
        while (scanner.next()) {
            segment.index().note(scanner.standing().lsn(), scanner.position());
        }
        long end = scanner.end();
        last = scanner.standing();
        segment.length(end);
        TornTail rest = rest(file, end, last);
        if (!rest.isEmpty()) {
            if (!rest.isTorn()) {
                throw segment.damaged(
                        end, last.lsn() + 1, "this record is not what was written, and good ones follow it");
            }
            file.truncate(end);
        }
        // A killed process may have left it to the operating system alone.
        file.force();
        recovery = new Recovery(last, segment.name(), end, rest.isEmpty() ? 0 : fileEnd - end);
    }

    private static TornTail rest(LogFile file, long position, Standing before) {
        byte[] bytes = new byte[Math.toIntExact(file.size() - position)];
        file.read(position, bytes, 0, bytes.length);
        return new TornTail(bytes, position, before);
    }

    private static Optional<SegmentHeader> header(LogFile file) {
        byte[] bytes = new byte[SegmentHeader.BYTES];
        return file.read(0, bytes, 0, bytes.length) < bytes.length ? Optional.empty() : SegmentHeader.decode(bytes);
    }

    private static long lsnOf(String name) {
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }
}
