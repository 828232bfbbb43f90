package org.understudy.protocol;

/** What a connection between two sites is for; travels in the {@link Hello} by its place in this list. */
public enum ConnectionKind {
    /** The protocol: one between two sites, and the others belong to it. */
    MAIN,

    /** Ranges of records, and checkpoints. */
    BULK,

    /** The applications' messages (protocol.md §10). */
    MESSAGES
}
