package org.understudy;

/** Another transaction wrote what this one had read or protected. Nothing was written; run it again on a newer snapshot, as {@link Environment#write} does. */
public final class ConflictException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public ConflictException(Place place, String message) {
        super(place, true, message);
    }
}
