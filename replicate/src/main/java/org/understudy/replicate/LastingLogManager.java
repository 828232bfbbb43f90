package org.understudy.replicate;

import java.util.logging.LogManager;

/** Keeps its handlers to the end: the usual one drops them while the environment is still closing, and its last words with them. */
public final class LastingLogManager extends LogManager {

    /** For the platform, which makes it by name. */
    public LastingLogManager() {}

    @Override
    public void reset() {
        // Asked for when the process ends, beside the hook that closes the environment.
    }
}
