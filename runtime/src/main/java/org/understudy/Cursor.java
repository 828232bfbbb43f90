package org.understudy;

/**
 * Walks through the entries of a range in key order, as one transaction sees them: Berkeley DB's {@code DBC}.
 *
 * <p>It starts before the first entry. It sees the transaction's own writes made before it was opened, and is used by one
 * thread at a time. Closing the transaction closes it.
 */
public interface Cursor<K, V> extends AutoCloseable {

    /**
     * Moves to the next entry in the cursor's direction.
     *
     * @return whether there is one
     * @throws SnapshotLostException if the snapshot was rolled back meanwhile
     */
    boolean next();

    /**
     * Moves to {@code key}, or else to the entry that comes next after it in the cursor's direction, within its range.
     *
     * @return whether there is one
     */
    boolean seek(K key);

    /**
     * The key of the entry it stands on.
     *
     * @throws IllegalStateException if it stands on none
     */
    K key();

    /**
     * The value of the entry it stands on.
     *
     * @throws IllegalStateException if it stands on none
     */
    V value();

    /** Lets go of it. Does nothing the second time. */
    @Override
    void close();
}
