package org.understudy.site.commit;

import org.understudy.AckPolicy;

/**
 * What a commit waits for.
 *
 * @param policy which sites have to acknowledge it
 * @param forced whether it is to be forced to the local disk though the group may ask for less
 * @param timeoutNanos how long it waits for the tail, and then for its policy; {@link Long#MAX_VALUE} for ever
 * @param ofSubordinate whether another process of this site commits (protocol.md §11)
 */
public record CommitTerms(AckPolicy policy, boolean forced, long timeoutNanos, boolean ofSubordinate) {

    /** The terms of this process's own commits. */
    public CommitTerms(AckPolicy policy, boolean forced, long timeoutNanos) {
        this(policy, forced, timeoutNanos, false);
    }

    /** The same for a commit of another process of this site. */
    public CommitTerms forSubordinate() {
        return new CommitTerms(policy, forced, timeoutNanos, true);
    }
}
