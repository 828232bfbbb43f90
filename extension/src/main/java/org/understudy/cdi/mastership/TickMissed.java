package org.understudy.cdi.mastership;

import java.time.Instant;

/**
 * A CDI event, qualified with the environment's name: a tick of an EJB timer that belongs to a {@link MasterOnly} method was
 * due, and did not run whole on any site. The site that is master tells of it, once for the group: when its mastership
 * begins, or with the next tick.
 *
 * @param environment the environment's name
 * @param timer the method, by its full name, and its schedule
 * @param from since when ticks that were due have not run
 * @param until the first moment after that, by which none was missed
 * @param cause what became of them
 */
public record TickMissed(String environment, String timer, Instant from, Instant until, Cause cause) {

    /** What becomes of a tick that is missed. */
    public enum Cause {
        /** No site that was master ran it. */
        NOT_BEGUN,

        /** One did, and is not known to have ended it: it, or its mastership, went meanwhile. */
        NOT_ENDED
    }
}
