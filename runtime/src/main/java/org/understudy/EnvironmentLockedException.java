package org.understudy;

/** Another process has the home open and does not share it: it lets nobody in, runs another release, or does not answer. */
public final class EnvironmentLockedException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public EnvironmentLockedException(Place place, String message) {
        super(place, false, message);
    }

    public EnvironmentLockedException(Place place, String message, Throwable cause) {
        super(place, false, message, cause);
    }
}
