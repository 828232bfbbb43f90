package org.understudy;

/** The snapshot this transaction reads was rolled back in favour of the master's history. Begin anew. */
public final class SnapshotLostException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public SnapshotLostException(Place place, String message) {
        super(place, true, message);
    }
}
