package org.understudy.sample.common.web;

/** A part of what a page shows, sent whenever it has changed. */
public interface LiveTopic {

    /** By which name the page knows it. */
    String name();

    /**
     * It, as it is now; goes through JSON-B. May wait.
     *
     * @throws org.understudy.ReplicationException if it can't be told for now
     */
    Object value();
}
