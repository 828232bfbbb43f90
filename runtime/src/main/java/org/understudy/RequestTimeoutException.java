package org.understudy;

/** No answer to a request came in time. It may have been handled, or may still be. */
public final class RequestTimeoutException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public RequestTimeoutException(Place place, String message) {
        super(place, false, message);
    }
}
