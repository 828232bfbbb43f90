package org.understudy.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.understudy.ByteRange;

/** What a transaction has read or protected, and must find unwritten when it commits (protocol.md §8). */
final class ReadSet {
    /** Stands for a database that was not there. */
    static final int NO_DATABASE = 0;

    private static final byte[] ABSENT = new byte[0];

    private final Map<String, Integer> databases = new HashMap<>();
    private final Map<NumberedKey, byte[]> values = new HashMap<>();
    private final List<ProtectedRange> ranges = new ArrayList<>();

    /** A range of keys in the database of a number. */
    record ProtectedRange(int database, ByteRange range) {
        boolean contains(NumberedKey key) {
            return key.database() == database && range.contains(key.key());
        }
    }

    boolean isEmpty() {
        return databases.isEmpty();
    }

    /** The transaction looked into a database, which had this number then. */
    void readDatabase(String name, int number) {
        databases.put(name, number);
    }

    /** The transaction read a key; a null value says that it was absent. */
    void read(int database, byte[] key, byte[] value) {
        values.put(new NumberedKey(database, key), value == null ? ABSENT : value);
    }

    void protect(int database, ByteRange range) {
        ranges.add(new ProtectedRange(database, range));
    }

    /** The databases looked into with the numbers they had. */
    Map<String, Integer> databases() {
        return databases;
    }

    Set<NumberedKey> keys() {
        return values.keySet();
    }

    List<ProtectedRange> ranges() {
        return ranges;
    }

    boolean knows(NumberedKey key) {
        return values.containsKey(key);
    }

    /** The value read, or null where the key was absent. */
    byte[] value(NumberedKey key) {
        byte[] value = values.get(key);
        return value == ABSENT ? null : value;
    }
}
