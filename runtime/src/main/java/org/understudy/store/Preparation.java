package org.understudy.store;

import org.understudy.BranchId;

/** A transaction that promises to commit when it is told to, and holds what it read and writes until then (protocol.md §8.1). */
public final class Preparation extends Commit {
    private final BranchId branch;
    private final String site;
    private final long nowMillis;
    private final byte[] form;

    /**
     * What this site's application prepares.
     *
     * @param site where that is
     * @param transaction is not needed any more afterwards
     */
    public Preparation(BranchId branch, String site, long nowMillis, StoreTransaction transaction) {
        this(branch, site, nowMillis, CommitForm.encode(transaction));
    }

    Preparation(BranchId branch, String site, long nowMillis, byte[] form) {
        this.branch = branch;
        this.site = site;
        this.nowMillis = nowMillis;
        this.form = form;
    }

    BranchId branch() {
        return branch;
    }

    String site() {
        return site;
    }

    long nowMillis() {
        return nowMillis;
    }

    /** What it promises, as {@link CommitForm} writes it. */
    byte[] form() {
        return form;
    }

    /** About what it takes in the log. */
    public int bytes() {
        return form.length;
    }
}
