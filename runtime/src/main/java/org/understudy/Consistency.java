package org.understudy;

import java.time.Duration;
import java.util.Objects;

/**
 * What a read asks of its snapshot, on any site (protocol.md §7). A snapshot is always consistent in itself; this says how
 * old it may be, and whether what it shows may still be undone. Everything but {@link #LOCAL} may wait, at most for the
 * read's timeout.
 */
public sealed interface Consistency {

    /** The newest snapshot of this site. Waits for nobody; may show what is not permanent, and may be old. The default. */
    Consistency LOCAL = new Local();

    /** A snapshot of which nothing will ever be undone; it may be old. */
    Consistency PERMANENT = new Permanent();

    /**
     * Linearisable: shows everything that was permanent when the read began, and nothing that is not. Costs a round between
     * the master and a majority, and on a client one to the master besides.
     */
    Consistency LATEST = new Latest();

    /** A snapshot that shows this commit, wherever it was made: read your own writes. {@link CommitToken#NONE} asks nothing. */
    static Consistency atLeast(CommitToken token) {
        return token.isNone() ? LOCAL : new AtLeast(token);
    }

    /** A snapshot that shows everything that was permanent so long ago. */
    static Consistency within(Duration age) {
        return new Within(age);
    }

    /** {@link #LOCAL}. */
    record Local() implements Consistency {}

    /** {@link #PERMANENT}. */
    record Permanent() implements Consistency {}

    /** {@link #LATEST}. */
    record Latest() implements Consistency {}

    /** {@link #atLeast}. */
    record AtLeast(CommitToken token) implements Consistency {
        public AtLeast {
            Objects.requireNonNull(token, "token");
        }
    }

    /** {@link #within}. */
    record Within(Duration age) implements Consistency {
        public Within {
            if (age.isNegative() || age.isZero()) {
                throw new IllegalArgumentException(
                        "age " + age + " must be more than zero; LATEST asks for no age at all");
            }
        }
    }
}
