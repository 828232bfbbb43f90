package org.understudy;

/** The channel was closed: by an earlier call, or while a request waited for its answer, which may have been handled. */
public final class ChannelClosedException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public ChannelClosedException(Place place, String message) {
        super(place, false, message);
    }
}
