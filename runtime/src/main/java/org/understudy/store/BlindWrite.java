package org.understudy.store;

/** Puts, deletes and truncations that have read nothing and so never conflict. Keys and values handed in are given away. */
public final class BlindWrite extends Commit {
    private final WriteSet writes = new WriteSet();

    private BlindWrite() {}

    /** One key with its value. */
    public static BlindWrite put(String database, byte[] key, byte[] value) {
        return new BlindWrite().andPut(database, key, value);
    }

    /** One key less. */
    public static BlindWrite delete(String database, byte[] key) {
        return new BlindWrite().andDelete(database, key);
    }

    /** No key any more; nothing happens if there is no such database. */
    public static BlindWrite truncate(String database) {
        BlindWrite write = new BlindWrite();
        write.writes.to(database).truncate();
        return write;
    }

    /** One key with its value more. */
    public BlindWrite andPut(String database, byte[] key, byte[] value) {
        writes.to(database).put(key, value);
        return this;
    }

    /** One deletion more. */
    public BlindWrite andDelete(String database, byte[] key) {
        writes.to(database).delete(key);
        return this;
    }

    WriteSet writes() {
        return writes;
    }
}
