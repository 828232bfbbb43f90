package org.understudy;

/** The environment was closed. Open it anew. */
public final class EnvironmentClosedException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public EnvironmentClosedException(Place place, String message) {
        super(place, false, message);
    }
}
