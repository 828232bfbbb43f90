package org.understudy.event;

/**
 * Told of every event in order, one at a time, off the network's threads. It may take its time and may call the
 * environment: it delays only the events behind it. What it throws is logged, and the next event comes all the same.
 */
@FunctionalInterface
public interface ReplicationListener {

    /** Something happened. */
    void onEvent(ReplicationEvent event);
}
