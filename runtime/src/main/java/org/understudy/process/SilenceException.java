package org.understudy.process;

import java.io.IOException;

/** The other end of a connection is there, and says nothing. */
final class SilenceException extends IOException {
    private static final long serialVersionUID = 1L;

    SilenceException() {
        super("the process at the other end does not answer");
    }
}
