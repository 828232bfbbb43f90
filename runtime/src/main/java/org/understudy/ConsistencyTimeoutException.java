package org.understudy;

import java.time.Duration;

/** A read did not get a snapshot of the {@link Consistency} it asked for in time. Asked again, or elsewhere, it may. */
public final class ConsistencyTimeoutException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public ConsistencyTimeoutException(Place place, Consistency consistency, Duration timeout, String obstacle) {
        super(
                place,
                true,
                "No snapshot here was " + consistency + " within " + timeout.toMillis() + " ms: " + obstacle
                        + "; read again, with a longer read-timeout, on another site, or with less consistency");
    }
}
