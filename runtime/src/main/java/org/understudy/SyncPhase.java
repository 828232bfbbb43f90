package org.understudy;

/** How far a client is in synchronising with its master; the phases come in this order. */
public enum SyncPhase {
    /** Nothing to synchronise: the site is master, or knows none. */
    NONE,
    /** Waiting for the application: for {@code synchronize()}, {@code allowRollback()} or a restored backup. */
    WAIT,
    /** Comparing generation histories to find the last record both logs hold. */
    VERIFY,
    /** Undoing records that the master does not have. */
    ROLLBACK,
    /** Taking over a whole copy, because the master's log no longer reaches back far enough. */
    INITIALISE,
    /** Fetching the records written before this phase began. */
    CATCH_UP,
    /** Up to date: records arrive as they are written. */
    STREAM
}
