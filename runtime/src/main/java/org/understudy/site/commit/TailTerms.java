package org.understudy.site.commit;

import java.util.UUID;

/**
 * What holds for every commit of one mastership.
 *
 * @param group the id their tokens carry
 * @param generation the mastership's; 0 in an environment without a local site
 * @param replicated whether commits wait for an acknowledgement policy
 * @param forced whether every record is to be forced before it counts as stored, and not only those of the protocol itself
 */
public record TailTerms(UUID group, long generation, boolean replicated, boolean forced) {

    /** What a commit lacks once it is in the operating system's hands. */
    int lacks(PendingCommit commit) {
        int lacks = PendingCommit.APPLIED;
        if (replicated) {
            lacks |= PendingCommit.ACKED;
        }
        return waitsForItsForce(commit) ? lacks | PendingCommit.FORCED : lacks;
    }

    /** Where the group forces everything, the policy counts the master's own copy only once it is forced. */
    private boolean waitsForItsForce(PendingCommit commit) {
        return replicated ? commit.wantsForce() && !forced : commit.wantsForce() || forced;
    }
}
