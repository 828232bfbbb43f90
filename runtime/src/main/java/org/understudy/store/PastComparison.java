package org.understudy.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.understudy.ComparisonReport;
import org.understudy.KeyDifference;

/** Compares the data of two environments as of one LSN, key by key. */
public final class PastComparison {
    /** One of the two. */
    public record Side(PastData data, RecordReader log, long logStartLsn) {}

    /** A key that differs, before it is known who wrote it. */
    private record Found(String database, byte[] key, Optional<byte[]> one, Optional<byte[]> other) {}

    private final Side one;
    private final Side other;
    private final List<Found> found = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long compared;
    private long differing;

    /** Of these two, both as of the same LSN. */
    public PastComparison(Side one, Side other) {
        this.one = one;
        this.other = other;
    }

    /** Compares everything. */
    public ComparisonReport run(OptionalLong partLsn) {
        Set<String> names = new TreeSet<>(one.data.databaseNames());
        names.addAll(other.data.databaseNames());
        for (String name : names) {
            if (!one.data.databaseNames().contains(name)) {
                problems.add("database " + name + " is only in the other");
            } else if (!other.data.databaseNames().contains(name)) {
                problems.add("database " + name + " is only in the one");
            } else {
                compare(name);
            }
        }
        if (!one.data.members().equals(other.data.members())) {
            problems.add("the member tables differ: " + one.data.members() + " and " + other.data.members());
        }
        Map<NumberedKey, Long> byOne = writers(one);
        Map<NumberedKey, Long> byOther = writers(other);
        List<KeyDifference> differences = found.stream()
                .map(key -> new KeyDifference(
                        key.database,
                        key.key,
                        key.one,
                        key.other,
                        writer(byOne, one.data, key),
                        writer(byOther, other.data, key)))
                .toList();
        return new ComparisonReport(one.data.standing(), partLsn, compared, differing, differences, problems);
    }

    private void compare(String database) {
        try (PastCursor left = one.data.cursor(database);
                PastCursor right = other.data.cursor(database)) {
            boolean hasLeft = left.next();
            boolean hasRight = right.next();
            while (hasLeft || hasRight) {
                int order = !hasLeft ? 1 : !hasRight ? -1 : Arrays.compareUnsigned(left.key(), right.key());
                if (order == 0) {
                    compared++;
                    if (!Arrays.equals(left.value(), right.value())) {
                        add(database, left.key(), Optional.of(left.value()), Optional.of(right.value()));
                    }
                } else if (order < 0) {
                    add(database, left.key(), Optional.of(left.value()), Optional.empty());
                } else {
                    add(database, right.key(), Optional.empty(), Optional.of(right.value()));
                }
                hasLeft = order <= 0 ? left.next() : hasLeft;
                hasRight = order >= 0 ? right.next() : hasRight;
            }
        }
    }

    private void add(String database, byte[] key, Optional<byte[]> left, Optional<byte[]> right) {
        differing++;
        if (found.size() < ComparisonReport.MOST) {
            found.add(new Found(database, key, left, right));
        }
    }

    /** The last records that wrote the keys found, as far as the log reaches back. */
    private Map<NumberedKey, Long> writers(Side side) {
        Map<NumberedKey, Long> writers = new HashMap<>();
        for (Found key : found) {
            writers.put(new NumberedKey(side.data.number(key.database), key.key), 0L);
        }
        if (!writers.isEmpty()) {
            new LogWalk(side.log)
                    .over(
                            side.logStartLsn,
                            side.data.standing().lsn(),
                            (record, change) -> writers.computeIfPresent(
                                    new NumberedKey(change.database(), change.key()), (key, before) -> record.lsn()));
        }
        return writers;
    }

    private static OptionalLong writer(Map<NumberedKey, Long> writers, PastData data, Found key) {
        long lsn = writers.get(new NumberedKey(data.number(key.database), key.key));
        return lsn == 0 ? OptionalLong.empty() : OptionalLong.of(lsn);
    }
}
