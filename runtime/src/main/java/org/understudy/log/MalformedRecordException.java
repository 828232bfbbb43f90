package org.understudy.log;

/** Bytes that should be log records are not: too short, a wrong checksum, an unknown kind, or a gap between LSNs. */
public final class MalformedRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Made with what is wrong and where. */
    public MalformedRecordException(String message) {
        super(message);
    }
}
