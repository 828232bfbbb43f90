package org.understudy;

/** The handler of a request ended without answering it: Berkeley DB's {@code DB_KEYEMPTY}. */
public final class NoResponseException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public NoResponseException(Place place, String message) {
        super(place, false, message);
    }
}
