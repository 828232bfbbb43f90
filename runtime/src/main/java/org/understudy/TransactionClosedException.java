package org.understudy;

/** The transaction was committed or rolled back already. */
public final class TransactionClosedException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public TransactionClosedException(Place place, String message) {
        super(place, false, message);
    }
}
