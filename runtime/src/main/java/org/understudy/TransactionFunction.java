package org.understudy;

/**
 * What an application does in a transaction to get a result. It may run more than once, so it must not change anything
 * else.
 */
@FunctionalInterface
public interface TransactionFunction<T> {

    /** Reads and writes through {@code transaction}; whatever is thrown rolls it back. Neither commits nor closes it. */
    T apply(Transaction transaction);
}
