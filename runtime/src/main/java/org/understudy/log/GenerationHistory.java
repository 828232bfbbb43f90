package org.understudy.log;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.understudy.Standing;

/**
 * The masterships whose records a log holds, oldest first, kept whole even where the log is trimmed. With it two sites
 * find where their logs part without reading either (protocol.md §5).
 *
 * @param entries in rising order of generation and first LSN
 */
public record GenerationHistory(List<Mastership> entries) {

    /** The history of an empty log. */
    public static final GenerationHistory EMPTY = new GenerationHistory(List.of());

    /** Takes a copy and checks the order. */
    public GenerationHistory {
        entries = List.copyOf(entries);
        for (int i = 1; i < entries.size(); i++) {
            Mastership before = entries.get(i - 1);
            Mastership after = entries.get(i);
            if (after.generation() <= before.generation() || after.firstLsn() <= before.firstLsn()) {
                throw new MalformedValueException("generation history out of order: " + before + ", " + after);
            }
        }
    }

    /** The generation of the record at an LSN; 0 below the first. */
    public long generationAt(long lsn) {
        return at(lsn).map(Mastership::generation).orElse(0L);
    }

    /** The standing of a log that is cut behind this LSN. */
    public Standing standingAt(long lsn) {
        return new Standing(generationAt(lsn), lsn);
    }

    /** The mastership whose records stand at an LSN. */
    public Optional<Mastership> at(long lsn) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).firstLsn() <= lsn) {
                return Optional.of(entries.get(i));
            }
        }
        return Optional.empty();
    }

    /** The newest mastership. */
    public Optional<Mastership> last() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }

    /** This history and one mastership more. */
    public GenerationHistory with(Mastership next) {
        return new GenerationHistory(
                Stream.concat(entries.stream(), Stream.of(next)).toList());
    }

    /** The history once this record follows: its first record begins a group, a GENERATION record a mastership. */
    public GenerationHistory after(LogRecord record) {
        if (record.kind() == RecordKind.GENERATION) {
            UUID id = GenerationStart.decode(record.payload()).mastershipId();
            return with(new Mastership(record.generation(), id, record.lsn()));
        }
        if (record.kind() == RecordKind.MEMBERSHIP && record.lsn() == 1) {
            UUID group = MembershipChange.decode(record.payload()).after().groupId();
            return with(new Mastership(record.generation(), group, record.lsn()));
        }
        return this;
    }

    /** The history of the same log cut behind this LSN. */
    public GenerationHistory upTo(long lsn) {
        return new GenerationHistory(
                entries.stream().filter(entry -> entry.firstLsn() <= lsn).toList());
    }

    /**
     * The match point: the largest LSN that both logs hold with the same generation and mastership id; 0 when they have
     * nothing in common.
     */
    public static long matchPoint(GenerationHistory one, long oneLast, GenerationHistory other, long otherLast) {
        int common = 0;
        while (common < one.entries.size()
                && common < other.entries.size()
                && one.entries.get(common).equals(other.entries.get(common))) {
            common++;
        }
        return common == 0 ? 0 : Math.min(one.endOf(common - 1, oneLast), other.endOf(common - 1, otherLast));
    }

    /** Whether the two know different masterships of one generation, which must never be. */
    public boolean contradicts(GenerationHistory other) {
        return entries.stream().anyMatch(mine -> other.entries.stream()
                .anyMatch(theirs ->
                        mine.generation() == theirs.generation() && !mine.id().equals(theirs.id())));
    }

    private long endOf(int index, long last) {
        return index + 1 < entries.size()
                ? Math.min(last, entries.get(index + 1).firstLsn() - 1)
                : last;
    }

    /** Writes the history. */
    public void write(ValueWriter out) {
        out.putAll(entries, (writer, entry) -> writer.putLong(entry.generation())
                .putUuid(entry.id())
                .putLong(entry.firstLsn()));
    }

    /** Reads a history. */
    public static GenerationHistory read(ValueReader in) {
        return new GenerationHistory(
                in.getAll(reader -> new Mastership(reader.getLong(), reader.getUuid(), reader.getLong())));
    }
}
