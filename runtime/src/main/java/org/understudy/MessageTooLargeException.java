package org.understudy;

/** A message or an answer exceeds {@code max-message}. It was not sent. */
public final class MessageTooLargeException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final long bytes;
    private final long maxBytes;

    public MessageTooLargeException(Place place, String what, long bytes, long maxBytes) {
        super(
                place,
                false,
                what + " of " + bytes + " bytes exceeds max-message (" + maxBytes
                        + " bytes); send it in smaller ones, or raise that option at the site that sends it");
        this.bytes = bytes;
        this.maxBytes = maxBytes;
    }

    /** Its size, in bytes. */
    public long bytes() {
        return bytes;
    }

    /** The largest allowed, in bytes. */
    public long maxBytes() {
        return maxBytes;
    }
}
