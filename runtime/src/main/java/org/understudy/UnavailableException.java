package org.understudy;

/** What was asked for needs a master, a majority or a certain site, and there was none in time: Berkeley DB's {@code DB_REP_UNAVAIL}. */
public final class UnavailableException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(Place place, String message) {
        super(place, true, message);
    }

    /** One that may have done its work, where {@code retriable} is false. */
    public UnavailableException(Place place, boolean retriable, String message) {
        super(place, retriable, message);
    }

    public UnavailableException(Place place, String message, Throwable cause) {
        super(place, true, message, cause);
    }
}
