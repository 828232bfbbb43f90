package org.understudy.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.understudy.ByteRange;

/**
 * What one prepared branch holds until it is decided (protocol.md §8.1): what it will write, and what it has read, which
 * must stay as it is for the promise to hold.
 */
final class HeldBranch {
    private final Map<String, Part> parts = new HashMap<>();

    /** What a branch holds that promised this. */
    HeldBranch(SentTransaction promised) {
        promised.writes().all().forEach(entry -> part(entry.getKey()).writes(entry.getValue()));
        Map<Integer, Part> byNumber = new HashMap<>();
        promised.reads().databases().forEach((name, number) -> {
            Part part = part(name);
            if (number == ReadSet.NO_DATABASE) {
                part.readAsAbsent = true;
            } else {
                byNumber.put(number, part);
            }
        });
        for (NumberedKey key : promised.reads().keys()) {
            if (key.database() != ReadSet.NO_DATABASE) {
                byNumber.get(key.database()).read.add(key.key());
            }
        }
        for (ReadSet.ProtectedRange range : promised.reads().ranges()) {
            if (range.database() != ReadSet.NO_DATABASE) {
                byNumber.get(range.database()).ranges.add(range.range());
            }
        }
    }

    private Part part(String database) {
        return parts.computeIfAbsent(database, name -> new Part());
    }

    /** Whether it holds anything in a database. */
    boolean holdsIn(String database) {
        return parts.containsKey(database);
    }

    /** Whether it holds anything of what another wants to write. */
    boolean holds(WriteSet writes) {
        return writes.all().stream().anyMatch(entry -> {
            Part part = parts.get(entry.getKey());
            return part != null && part.holds(entry.getValue());
        });
    }

    /** Whether it will write anything of what another has read, and wants to hold itself. */
    boolean willWrite(ReadSet reads) {
        Map<Integer, Part> byNumber = new HashMap<>();
        for (Map.Entry<String, Integer> read : reads.databases().entrySet()) {
            Part part = parts.get(read.getKey());
            if (part != null && part.writesAll(read.getValue() == ReadSet.NO_DATABASE)) {
                return true;
            }
            if (part != null) {
                byNumber.put(read.getValue(), part);
            }
        }
        return reads.keys().stream().anyMatch(key -> {
                    Part part = byNumber.get(key.database());
                    return part != null && part.written.contains(key.key());
                })
                || reads.ranges().stream().anyMatch(range -> {
                    Part part = byNumber.get(range.database());
                    return part != null && part.written.stream().anyMatch(range.range()::contains);
                });
    }

    /** What it holds in one database. */
    private static final class Part {
        private final Set<byte[]> written = new TreeSet<>(Arrays::compareUnsigned);
        private final Set<byte[]> read = new TreeSet<>(Arrays::compareUnsigned);
        private final List<ByteRange> ranges = new ArrayList<>();
        private boolean truncated;
        private boolean readAsAbsent;

        private void writes(DatabaseWrites writes) {
            truncated = writes.truncates();
            written.addAll(writes.keys().keySet());
        }

        private boolean writesAll(boolean isReadAsAbsent) {
            return truncated || isReadAsAbsent && !written.isEmpty();
        }

        private boolean holds(DatabaseWrites other) {
            return other.truncates()
                    || (truncated || readAsAbsent) && !other.keys().isEmpty()
                    || other.keys().keySet().stream().anyMatch(this::holds);
        }

        private boolean holds(byte[] key) {
            return written.contains(key)
                    || read.contains(key)
                    || ranges.stream().anyMatch(range -> range.contains(key));
        }
    }
}
