package org.understudy.event;

/**
 * The log that this site keeps for another is about to be given up: three quarters of what {@code log-retention-max} or
 * {@code log-retention-time} allow are used. Once it is, that site can't catch up from this one's log any more and takes a
 * whole copy instead. Told once for each time a site falls that far behind.
 *
 * @param site the site that needs it
 * @param neededLsn the first record it lacks, as far as known here
 * @param limit which of the two is nearly used up
 */
public record SiteFallingBehind(EventOrigin origin, String site, long neededLsn, Limit limit)
        implements ReplicationEvent {

    /** What bounds the log that is kept for other sites. */
    public enum Limit {
        /** {@code log-retention-max}. */
        SIZE,
        /** {@code log-retention-time}, for a site that isn't connected. */
        TIME
    }
}
