package org.understudy.process;

/** What a handler in a subordinate failed with, in words: what it threw need not be known here. */
final class HandlerFailure extends Exception {
    private static final long serialVersionUID = 1L;

    HandlerFailure(String text) {
        super(text, null, false, false);
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
