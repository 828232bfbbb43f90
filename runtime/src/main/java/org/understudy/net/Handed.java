package org.understudy.net;

/** How handing a message to a line went. */
public enum Handed {
    /** It waits for its turn to leave. */
    TAKEN,

    /** Too much waits already; nothing was taken. */
    FULL,

    /** The line is gone; nothing was taken. */
    GONE
}
