package org.understudy;

import java.time.Duration;

/** The transaction was open for longer than {@code transaction-max-age}, so its snapshot was let go. Begin anew. */
public final class SnapshotTooOldException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public SnapshotTooOldException(Place place, Duration maxAge) {
        super(
                place,
                true,
                "The transaction was open for more than transaction-max-age (" + maxAge.toMillis()
                        + " ms), so its snapshot was let go; use shorter transactions, or raise that option");
    }
}
