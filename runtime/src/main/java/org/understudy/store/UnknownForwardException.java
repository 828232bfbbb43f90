package org.understudy.store;

import org.understudy.log.ForwardId;

/** A forwarded write of a session that isn't there, or whose number was answered or given up: it is never applied (protocol.md §9). */
public final class UnknownForwardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean sessionKnown;

    UnknownForwardException(ForwardId id, boolean sessionKnown) {
        super(
                sessionKnown
                        ? "forwarded write " + id + " is below its session's window"
                        : "the session of forwarded write " + id + " is not known, or has ended");
        this.sessionKnown = sessionKnown;
    }

    /** Whether the session is there, and the number is below its window. */
    public boolean isSessionKnown() {
        return sessionKnown;
    }
}
