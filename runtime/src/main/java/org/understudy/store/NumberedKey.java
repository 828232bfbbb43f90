package org.understudy.store;

import java.util.Arrays;

/** A key in the database of a number, as a key of maps. */
final class NumberedKey {
    private final int database;
    private final byte[] key;
    private final long hash;

    NumberedKey(int database, byte[] key) {
        this.database = database;
        this.key = key;
        this.hash = KeyHash.of(database, key);
    }

    int database() {
        return database;
    }

    byte[] key() {
        return key;
    }

    long hash() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberedKey that
                && that.hash == hash
                && that.database == database
                && Arrays.equals(that.key, key);
    }

    @Override
    public int hashCode() {
        return (int) hash;
    }
}
