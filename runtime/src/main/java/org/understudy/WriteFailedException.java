package org.understudy;

/** A write or a force of the disk failed. That is final for this environment: nothing it was told afterwards is known to be stored. Reopen it once the disk is well. */
public final class WriteFailedException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public WriteFailedException(Place place, String message) {
        super(place, false, message);
    }

    public WriteFailedException(Place place, String message, Throwable cause) {
        super(place, false, message, cause);
    }
}
