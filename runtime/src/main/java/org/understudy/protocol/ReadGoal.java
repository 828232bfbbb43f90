package org.understudy.protocol;

import org.understudy.Standing;

/** What a read asks of its snapshot beyond being the newest here (protocol.md §7). */
public sealed interface ReadGoal {

    /** All it shows is permanent. */
    record Permanent() implements ReadGoal {}

    /** It shows this commit. */
    record AtLeast(Standing commit) implements ReadGoal {}

    /** It shows all that was permanent so long ago. */
    record Within(long micros) implements ReadGoal {}

    /** It shows all that was permanent when the read began, and nothing that is not: linearisable. */
    record Latest() implements ReadGoal {}
}
