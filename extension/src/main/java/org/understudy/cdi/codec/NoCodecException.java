package org.understudy.cdi.codec;

/** A type has no codec. The message is a clause that says which, why, and what to do. */
public final class NoCodecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoCodecException(String message) {
        super(message);
    }
}
