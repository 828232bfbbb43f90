package org.understudy.backend;

/**
 * Walks through a range of encoded keys as one transaction sees them. Stands before the first entry when it is opened, is
 * used by the transaction's thread, and ends with the transaction.
 */
public interface BackendCursor extends AutoCloseable {

    /** Goes to the next entry in its direction, and tells whether there is one. */
    boolean next();

    /** Goes to a key, or to the entry that comes next after it in its direction, within its range. */
    boolean seek(byte[] key);

    /**
     * The key of the entry it stands on.
     *
     * @throws IllegalStateException if it stands on none
     */
    byte[] key();

    /** The value of the entry it stands on, likewise. */
    byte[] value();

    /** Lets go of it. Does nothing the second time. */
    @Override
    void close();
}
