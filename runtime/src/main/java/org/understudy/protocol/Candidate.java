package org.understudy.protocol;

import java.util.Comparator;
import org.understudy.Standing;

/**
 * One canvassed member's claim to be master: highest standing first, then priority, then a random tiebreaker, then the
 * name, so that no two are equal (protocol.md §4.2).
 */
record Candidate(String name, Standing standing, int priority, long tiebreaker, boolean electable)
        implements Comparable<Candidate> {
    private static final Comparator<Candidate> RANK = Comparator.comparing(Candidate::standing)
            .thenComparingInt(Candidate::priority)
            .thenComparingLong(Candidate::tiebreaker)
            .thenComparing(Candidate::name);

    @Override
    public int compareTo(Candidate other) {
        return RANK.compare(this, other);
    }
}
