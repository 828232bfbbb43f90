package org.understudy;

/** What is stored does not match its checksums. Bring a copy back from another site: wipe the home, and join with {@code replace}. */
public final class EnvironmentCorruptedException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public EnvironmentCorruptedException(Place place, String message) {
        super(place, false, message);
    }

    public EnvironmentCorruptedException(Place place, String message, Throwable cause) {
        super(place, false, message, cause);
    }
}
