package org.understudy;

import java.time.Duration;

/**
 * Where a site stands with leases (protocol.md §4.5), in a {@link Status}. By its own clock.
 *
 * @param length the group's {@code lease}; zero where it has none
 * @param held for how much longer a majority has promised to vote for nobody but this site, which is master; zero if it has
 *     no lease, {@code length} in a group of one
 * @param promised for how much longer this site votes only for the master it has promised to, or, after a restart, for
 *     nobody; zero if it is free
 */
public record LeaseStatus(Duration length, Duration held, Duration promised) {

    /** A group without leases. */
    public static final LeaseStatus NONE = new LeaseStatus(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** Whether the group has leases. */
    public boolean isOn() {
        return !length.isZero();
    }
}
