package org.understudy;

/** Reads wait while this site's data goes back or is replaced, and this one waited too long: Berkeley DB's {@code DB_REP_LOCKOUT}. */
public final class LockoutException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public LockoutException(Place place, String message) {
        super(place, true, message);
    }
}
