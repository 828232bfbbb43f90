package org.understudy.process;

import java.io.IOException;

/** The process that has the home does not let this one in, and will not if it asks again. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
        super(reason);
    }
}
