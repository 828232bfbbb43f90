package org.understudy;

/** A promise that must never break is broken, so this site has stopped for good rather than spread it. */
public final class ReplicationPanicException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public ReplicationPanicException(Place place, String message) {
        super(place, false, message);
    }

    public ReplicationPanicException(Place place, String message, Throwable cause) {
        super(place, false, message, cause);
    }
}
