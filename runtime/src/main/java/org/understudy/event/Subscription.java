package org.understudy.event;

/** A listener's being listened for. */
public interface Subscription extends AutoCloseable {

    /** Ends it: no event is delivered after this returns, but for one that is being delivered. */
    @Override
    void close();
}
