package org.understudy.store;

import org.understudy.BranchDecision;
import org.understudy.BranchId;

/** The word on a prepared branch (protocol.md §8.1). It can come again. */
public final class Decision extends Commit {
    private final BranchId branch;
    private final BranchDecision word;
    private final long nowMillis;

    /** What is to become of a branch. */
    public Decision(BranchId branch, BranchDecision word, long nowMillis) {
        this.branch = branch;
        this.word = word;
        this.nowMillis = nowMillis;
    }

    BranchId branch() {
        return branch;
    }

    BranchDecision word() {
        return word;
    }

    long nowMillis() {
        return nowMillis;
    }
}
