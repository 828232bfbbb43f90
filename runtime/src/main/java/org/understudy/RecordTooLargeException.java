package org.understudy;

/** The writes of one transaction exceed {@code max-record}. Nothing was written. */
public final class RecordTooLargeException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final long bytes;
    private final long maxBytes;

    public RecordTooLargeException(Place place, long bytes, long maxBytes) {
        super(
                place,
                false,
                "The transaction's record of " + bytes + " bytes exceeds max-record (" + maxBytes
                        + " bytes); split the transaction, or raise that option on every site");
        this.bytes = bytes;
        this.maxBytes = maxBytes;
    }

    /** The size of the record, in bytes. */
    public long bytes() {
        return bytes;
    }

    /** The largest allowed, in bytes. */
    public long maxBytes() {
        return maxBytes;
    }
}
