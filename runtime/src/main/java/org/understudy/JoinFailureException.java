package org.understudy;

/** The group does not take this site as it is, and asking again will not help: Berkeley DB's {@code DB_REP_JOIN_FAILURE}. */
public final class JoinFailureException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public JoinFailureException(Place place, String message) {
        super(place, false, message);
    }

    public JoinFailureException(Place place, String message, Throwable cause) {
        super(place, false, message, cause);
    }
}
