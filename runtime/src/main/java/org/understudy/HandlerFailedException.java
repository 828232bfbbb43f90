package org.understudy;

/** The handler of a request threw something; the message says what. How far it came, only that site knows. */
public final class HandlerFailedException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public HandlerFailedException(Place place, String message) {
        super(place, false, message);
    }
}
