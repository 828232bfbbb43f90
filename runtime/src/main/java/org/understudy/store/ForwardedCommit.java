package org.understudy.store;

import org.understudy.log.ForwardId;

/** What another site forwarded: committed once under its id, however often it comes (protocol.md §9). */
public final class ForwardedCommit extends Commit {
    private final ForwardId id;
    private final long lowestOpen;
    private final long nowMillis;
    private final Commit commit;

    /**
     * What a client asks this master to commit.
     *
     * @param lowestOpen the lowest number of its session that the client still waits for
     * @param commit as {@link CommitForm} read it
     */
    public ForwardedCommit(ForwardId id, long lowestOpen, long nowMillis, Commit commit) {
        this.id = id;
        this.lowestOpen = lowestOpen;
        this.nowMillis = nowMillis;
        this.commit = commit;
    }

    ForwardId id() {
        return id;
    }

    long lowestOpen() {
        return lowestOpen;
    }

    long nowMillis() {
        return nowMillis;
    }

    Commit commit() {
        return commit;
    }
}
