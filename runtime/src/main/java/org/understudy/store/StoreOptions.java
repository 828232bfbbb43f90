package org.understudy.store;

import java.time.Duration;
import java.util.Optional;
import org.understudy.DatabaseFilter;
import org.understudy.EnvironmentConfig;
import org.understudy.Place;

/**
 * How a store is opened.
 *
 * @param place what its exceptions name
 * @param blockCacheBytes the memory for blocks read from disk
 * @param writeBufferBytes the memory a database fills before all of them are flushed
 * @param lockoutTimeout how long a read waits while the data goes back or is replaced
 * @param transactionMaxAge how long a transaction may keep its snapshot
 * @param rolledBackBytes how much of what rollbacks gave up is kept
 * @param filter which databases a partial view holds; empty for all
 */
public record StoreOptions(
        Place place,
        long blockCacheBytes,
        long writeBufferBytes,
        Duration lockoutTimeout,
        Duration transactionMaxAge,
        long rolledBackBytes,
        Optional<DatabaseFilter> filter) {

    /** The options of a store that holds every database. */
    public StoreOptions(
            Place place,
            long blockCacheBytes,
            long writeBufferBytes,
            Duration lockoutTimeout,
            Duration transactionMaxAge,
            long rolledBackBytes) {
        this(
                place,
                blockCacheBytes,
                writeBufferBytes,
                lockoutTimeout,
                transactionMaxAge,
                rolledBackBytes,
                Optional.empty());
    }

    /** The options an environment's configuration asks for. */
    public static StoreOptions of(EnvironmentConfig config) {
        return new StoreOptions(
                Place.of(config),
                config.blockCacheBytes(),
                config.writeBufferBytes(),
                config.noWait() ? Duration.ZERO : config.lockoutTimeout(),
                config.transactionMaxAge(),
                config.rolledBackRetentionBytes(),
                config.databaseFilter());
    }

    /** The same with another write buffer. */
    public StoreOptions withWriteBufferBytes(long bytes) {
        return new StoreOptions(
                place, blockCacheBytes, bytes, lockoutTimeout, transactionMaxAge, rolledBackBytes, filter);
    }

    /** The same with another block cache. */
    public StoreOptions withBlockCacheBytes(long bytes) {
        return new StoreOptions(
                place, bytes, writeBufferBytes, lockoutTimeout, transactionMaxAge, rolledBackBytes, filter);
    }

    /** The same with another lockout timeout. */
    public StoreOptions withLockoutTimeout(Duration timeout) {
        return new StoreOptions(
                place, blockCacheBytes, writeBufferBytes, timeout, transactionMaxAge, rolledBackBytes, filter);
    }

    /** The same with another limit of what rollbacks gave up. */
    public StoreOptions withRolledBackBytes(long bytes) {
        return new StoreOptions(
                place, blockCacheBytes, writeBufferBytes, lockoutTimeout, transactionMaxAge, bytes, filter);
    }

    /** The same with another age limit of transactions. */
    public StoreOptions withTransactionMaxAge(Duration age) {
        return new StoreOptions(place, blockCacheBytes, writeBufferBytes, lockoutTimeout, age, rolledBackBytes, filter);
    }

    /** The same with a filter of databases. */
    public StoreOptions withFilter(DatabaseFilter chooses) {
        return new StoreOptions(
                place,
                blockCacheBytes,
                writeBufferBytes,
                lockoutTimeout,
                transactionMaxAge,
                rolledBackBytes,
                Optional.of(chooses));
    }
}
