package org.understudy.it.application.jta;

/** The application's own reason to have a transaction undone. */
final class ChangedMindException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChangedMindException(String message) {
        super(message);
    }
}
