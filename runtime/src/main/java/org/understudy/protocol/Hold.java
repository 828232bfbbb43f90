package org.understudy.protocol;

/** What a client holds back until the application agrees (protocol.md §5). */
public enum Hold {
    /** Nothing. */
    NONE,
    /** Synchronising with a new master. */
    SYNCHRONISATION,
    /** Undoing records that the master does not have. */
    ROLLBACK,
    /** Taking a whole copy in place of its own data. */
    INITIALISATION
}
