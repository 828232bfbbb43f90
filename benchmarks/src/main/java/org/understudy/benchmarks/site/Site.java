package org.understudy.benchmarks.site;

import java.util.Optional;

/** One member of a contender's group, as the load sees it: every contender does the same work behind it. */
public interface Site extends AutoCloseable {
    boolean isMaster();

    /** Writes in a transaction of its own; returns once a majority of the sites has acknowledged it. */
    void put(byte[] key, byte[] value);

    /** Writes {@code count} records of {@code keys}, from its {@code first} on, in one transaction. */
    void putAll(KeySpace keys, long first, int count);

    /** Reads this site's own copy outside of any transaction; empty too where the database has not arrived yet. */
    Optional<byte[]> get(byte[] key);

    /** How many records this site's copy holds. */
    long count();

    /** Messages between the applications; empty where the contender has none. */
    Optional<Messages> messages();

    /** Takes a member out of the group for good, on the master. */
    void removeSite(String address);

    @Override
    void close();
}
