package org.understudy;

import java.util.List;
import java.util.OptionalLong;

/**
 * What comparing two environments found.
 *
 * @param standing the last LSN that both logs hold of the same mastership: the data of both was compared as of there
 * @param partLsn the first LSN at which the logs hold different records; empty if one is but longer than the other
 * @param keysCompared how many keys there are in both
 * @param keysDiffering how many of them differ
 * @param differences the first {@value #MOST} keys that do
 * @param problems databases that only one of them has, and what else is wrong, one sentence each
 */
public record ComparisonReport(
        Standing standing,
        OptionalLong partLsn,
        long keysCompared,
        long keysDiffering,
        List<KeyDifference> differences,
        List<String> problems) {

    /** How many keys that differ are listed. */
    public static final int MOST = 100;

    /** Takes copies. */
    public ComparisonReport {
        differences = List.copyOf(differences);
        problems = List.copyOf(problems);
    }

    /** Whether the two hold the same as of {@link #standing()}. */
    public boolean isEqual() {
        return keysDiffering == 0 && problems.isEmpty();
    }
}
