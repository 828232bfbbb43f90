package org.understudy;

import java.util.Optional;

/**
 * A site's elections since its environment was opened, in a {@link Status}.
 *
 * @param held elections this site began
 * @param won elections this site won
 * @param lost elections it began that ended without it as master
 * @param running whether it takes part in one now
 * @param masterChanges how often it learnt of a new master, itself included
 * @param duplicateMasters how often it was master and found another one
 * @param lastWon the last election this site won; who won another site's stands in {@link LocalStatus#master}
 */
public record ElectionStatus(
        long held,
        long won,
        long lost,
        boolean running,
        long masterChanges,
        long duplicateMasters,
        Optional<WonElection> lastWon) {

    /** Nothing has happened yet. */
    public static final ElectionStatus NONE = new ElectionStatus(0, 0, 0, false, 0, 0, Optional.empty());
}
