package org.understudy.replicate;

/** The command line asks for something that can't be done; the message is for whoever typed it. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
