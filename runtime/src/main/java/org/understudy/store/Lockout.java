package org.understudy.store;

/** Keeps reads waiting until it is closed (protocol.md §5, blocked operations). */
public interface Lockout extends AutoCloseable {

    /** Lets reads in again, unless another lockout still holds. Does nothing the second time. */
    @Override
    void close();
}
