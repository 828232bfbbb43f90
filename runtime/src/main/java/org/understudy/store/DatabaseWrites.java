package org.understudy.store;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What one commit wants to write to one database: perhaps a truncation, then keys in their order. */
final class DatabaseWrites {
    /** Stands for the value of a key that is deleted; told by its identity. */
    static final byte[] DELETED = new byte[0];

    static final DatabaseWrites NONE = new DatabaseWrites();

    private final NavigableMap<byte[], byte[]> keys = new TreeMap<>(Arrays::compareUnsigned);
    private boolean truncates;

    void put(byte[] key, byte[] value) {
        keys.put(key, value);
    }

    void delete(byte[] key) {
        keys.put(key, DELETED);
    }

    void truncate() {
        keys.clear();
        truncates = true;
    }

    boolean truncates() {
        return truncates;
    }

    /** The values to be written by key, {@link #DELETED} for deletions. */
    NavigableMap<byte[], byte[]> keys() {
        return keys;
    }

    /** The key's value, {@link #DELETED} where it is deleted or went with a truncation, or null where nothing is written. */
    byte[] find(byte[] key) {
        byte[] value = keys.isEmpty() ? null : keys.get(key);
        return value == null && truncates ? DELETED : value;
    }
}
