package org.understudy.log;

/** Bytes that should be an encoded value are not. */
public final class MalformedValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Made with what is wrong. */
    public MalformedValueException(String message) {
        super(message);
    }
}
