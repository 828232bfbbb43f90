package org.understudy;

/** What an application does in a transaction. It may run more than once, so it must not change anything else. */
@FunctionalInterface
public interface TransactionBody {

    /** Reads and writes through {@code transaction}; whatever is thrown rolls it back. Neither commits nor closes it. */
    void run(Transaction transaction);
}
