package org.understudy.site;

import java.util.function.Supplier;

/** Whether an environment may still be used, asked before each call of the application. */
final class Usability {
    private static final Supplier<RuntimeException> USABLE = () -> new IllegalStateException("usable");

    private volatile Supplier<RuntimeException> refusal = USABLE;

    /** Throws what it was ended with, if it was. */
    void check() {
        Supplier<RuntimeException> now = refusal;
        if (now != USABLE) {
            throw now.get();
        }
    }

    /** Ends it, unless something else already has. */
    synchronized void end(Supplier<RuntimeException> with) {
        if (refusal == USABLE) {
            refusal = with;
        }
    }
}
