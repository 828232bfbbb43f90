package org.understudy;

/** Another process, or another class loader of this one, has the home open. */
public final class EnvironmentLockedException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public EnvironmentLockedException(Place place, String message) {
        super(place, false, message);
    }

    public EnvironmentLockedException(Place place, String message, Throwable cause) {
        super(place, false, message, cause);
    }
}
