package org.understudy.net;

/** Bytes from the other end are no frame of this wire format; its connection can't be used any further. */
public final class BadFrameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Made with what is wrong. */
    public BadFrameException(String message) {
        super(message);
    }

    /** Made with what is wrong and where it was noticed. */
    public BadFrameException(String message, Throwable cause) {
        super(message, cause);
    }
}
