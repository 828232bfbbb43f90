package org.understudy;

import java.util.Comparator;

/**
 * A place in a log: the generation and LSN of a record (protocol.md §1). The larger of two is the one of the higher
 * generation, and among equals of the higher LSN.
 *
 * @param generation the number of the mastership that wrote it
 * @param lsn its log sequence number: 1, 2, 3 … without a hole
 */
public record Standing(long generation, long lsn) implements Comparable<Standing> {

    /** Before the first record. */
    public static final Standing ZERO = new Standing(0, 0);

    private static final Comparator<Standing> ORDER =
            Comparator.comparingLong(Standing::generation).thenComparingLong(Standing::lsn);

    @Override
    public int compareTo(Standing other) {
        return ORDER.compare(this, other);
    }

    /** Whether a log of this standing reaches at least as far as one of the other. */
    public boolean atLeast(Standing other) {
        return compareTo(other) >= 0;
    }

    /** {@code generation/lsn}. */
    @Override
    public String toString() {
        return generation + "/" + lsn;
    }
}
