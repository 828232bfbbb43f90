package org.understudy.site.commit;

/**
 * What became of the commits that reached the tail.
 *
 * @param written those that made a record
 * @param conflicts those refused because another had written what they read
 */
public record CommitCounts(long written, long conflicts) {

    CommitCounts plus(int moreWritten, int moreConflicts) {
        return new CommitCounts(written + moreWritten, conflicts + moreConflicts);
    }
}
