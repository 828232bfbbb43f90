package org.understudy;

import java.util.Optional;

/**
 * What goes wrong in an environment. Unchecked; its message names the environment and the site, and says what happened,
 * why, and what to do.
 */
public abstract class ReplicationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String environment;
    private final String site;
    private final boolean retriable;

    protected ReplicationException(Place place, boolean retriable, String message) {
        super("[" + place + "] " + message);
        this.environment = place.environment();
        this.site = place.site().orElse(null);
        this.retriable = retriable;
    }

    protected ReplicationException(Place place, boolean retriable, String message, Throwable cause) {
        super("[" + place + "] " + message, cause);
        this.environment = place.environment();
        this.site = place.site().orElse(null);
        this.retriable = retriable;
    }

    /**
     * Whether the same call may succeed later or elsewhere, with no risk of doing its work twice.
     *
     * @return false also where it is not known whether the work was done
     */
    public boolean isRetriable() {
        return retriable;
    }

    /** The name of the environment it happened in. */
    public String environment() {
        return environment;
    }

    /** The site it happened at; empty in an environment without one. */
    public Optional<String> site() {
        return Optional.ofNullable(site);
    }
}
