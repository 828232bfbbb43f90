package org.understudy.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.understudy.log.MalformedValueException;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/**
 * Which database has which number. A number stands for one column family and is never used again, so that creating, removing,
 * renaming and truncating change this table alone and are undone in it (protocol.md §2.1).
 *
 * @param nextNumber the number the next database gets
 * @param numbers the databases there are, by name
 * @param retired the numbers that no name has any more, each with the LSN that took it: their data goes once that is permanent
 * @param leftOut the numbers, named or retired, whose data a partial view doesn't hold (protocol.md §5)
 */
record DatabaseTable(
        int nextNumber,
        SortedMap<String, Integer> numbers,
        SortedMap<Integer, Long> retired,
        SortedSet<Integer> leftOut) {
    private static final int FORMAT = 1;

    /** No database yet. */
    static final DatabaseTable EMPTY = new DatabaseTable(1, new TreeMap<>(), new TreeMap<>(), new TreeSet<>());

    OptionalInt number(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The table after a change that a record of this LSN makes. */
    DatabaseTable after(DatabaseChange change, long lsn) {
        Draft next = new Draft(this);
        if (change instanceof DatabaseChange.Create create) {
            next.bind(create.name(), create.number());
        } else if (change instanceof DatabaseChange.Remove remove) {
            next.numbers.remove(remove.name());
            next.retired.put(remove.number(), lsn);
        } else if (change instanceof DatabaseChange.Rename rename) {
            next.numbers.put(rename.to(), next.numbers.remove(rename.from()));
        }
        return next.finish();
    }

    /** The table before a change. */
    DatabaseTable before(DatabaseChange change) {
        Draft next = new Draft(this);
        if (change instanceof DatabaseChange.Create create) {
            next.numbers.remove(create.name());
            next.leftOut.remove(create.number());
        } else if (change instanceof DatabaseChange.Remove remove) {
            next.bind(remove.name(), remove.number());
            next.retired.remove(remove.number());
        } else if (change instanceof DatabaseChange.Rename rename) {
            next.numbers.put(rename.from(), next.numbers.remove(rename.to()));
        }
        return next.finish();
    }

    /** The table once a record of this LSN has put an empty database in the place of another. */
    DatabaseTable afterTruncation(int number, int fresh, long lsn) {
        Draft next = new Draft(this);
        next.bind(nameOf(number), fresh);
        next.retired.put(number, lsn);
        if (leavesOut(number)) {
            next.leftOut.add(fresh);
        }
        return next.finish();
    }

    /** The table before a truncation. */
    DatabaseTable beforeTruncation(int number, int fresh) {
        Draft next = new Draft(this);
        next.bind(nameOf(fresh), number);
        next.retired.remove(number);
        next.leftOut.remove(fresh);
        return next.finish();
    }

    /** Whether a number has data that is needed or may be needed again. */
    boolean holds(int number) {
        return knows(number) && !leavesOut(number);
    }

    /** Whether a number belongs to a database, or did until a record that may not be permanent. */
    boolean knows(int number) {
        return numbers.containsValue(number) || retired.containsKey(number);
    }

    /** Whether this partial view doesn't hold a number's data. */
    boolean leavesOut(int number) {
        return !leftOut.isEmpty() && leftOut.contains(number);
    }

    /** The table of a view that doesn't hold these numbers' data. */
    DatabaseTable leavingOut(Collection<Integer> more) {
        Draft next = new Draft(this);
        next.leftOut.addAll(more);
        return next.finish();
    }

    /** Whether records up to an LSN have retired any number. */
    boolean hasRetired(long permanentLsn) {
        return !retired.isEmpty() && retired.values().stream().anyMatch(lsn -> lsn <= permanentLsn);
    }

    /** The numbers retired by permanent records. */
    List<Integer> retiredBy(long permanentLsn) {
        return retired.entrySet().stream()
                .filter(entry -> entry.getValue() <= permanentLsn)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The table without the numbers retired by permanent records. */
    DatabaseTable withoutRetired(long permanentLsn) {
        Draft next = new Draft(this);
        next.retired.values().removeIf(lsn -> lsn <= permanentLsn);
        next.leftOut.removeIf(number -> !next.numbers.containsValue(number) && !next.retired.containsKey(number));
        return next.finish();
    }

    String nameOf(int number) {
        for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
            if (entry.getValue() == number) {
                return entry.getKey();
            }
        }
        throw new MalformedValueException("no database has the number " + number + " that a record names");
    }

    byte[] encode() {
        return new ValueWriter()
                .putByte(FORMAT)
                .putInt(nextNumber)
                .putAll(numbers.entrySet(), (out, entry) -> out.putString(entry.getKey())
                        .putInt(entry.getValue()))
                .putAll(retired.entrySet(), (out, entry) -> out.putInt(entry.getKey())
                        .putLong(entry.getValue()))
                .putAll(leftOut, ValueWriter::putInt)
                .toByteArray();
    }

    static DatabaseTable decode(byte[] bytes) {
        ValueReader in = new ValueReader(bytes);
        byte format = in.getByte();
        if (format != FORMAT) {
            throw new MalformedValueException("database table of format " + format + "; this release reads " + FORMAT);
        }
        int nextNumber = in.getInt();
        SortedMap<String, Integer> numbers = new TreeMap<>();
        in.getAll(reader -> Map.entry(reader.getString(), reader.getInt()))
                .forEach(entry -> numbers.put(entry.getKey(), entry.getValue()));
        SortedMap<Integer, Long> retired = new TreeMap<>();
        in.getAll(reader -> Map.entry(reader.getInt(), reader.getLong()))
                .forEach(entry -> retired.put(entry.getKey(), entry.getValue()));
        SortedSet<Integer> leftOut = new TreeSet<>(in.getAll(ValueReader::getInt));
        in.end();
        return new DatabaseTable(nextNumber, numbers, retired, leftOut);
    }

    /** A table being changed. */
    private static final class Draft {
        private int nextNumber;
        private final SortedMap<String, Integer> numbers;
        private final SortedMap<Integer, Long> retired;
        private final SortedSet<Integer> leftOut;

        Draft(DatabaseTable from) {
            nextNumber = from.nextNumber;
            numbers = new TreeMap<>(from.numbers);
            retired = new TreeMap<>(from.retired);
            leftOut = new TreeSet<>(from.leftOut);
        }

        void bind(String name, int number) {
            numbers.put(name, number);
            nextNumber = Math.max(nextNumber, number + 1);
        }

        DatabaseTable finish() {
            return new DatabaseTable(nextNumber, numbers, retired, leftOut);
        }
    }
}
