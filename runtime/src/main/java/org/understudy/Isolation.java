package org.understudy;

/** How far a transaction that writes is protected from others that run beside it (protocol.md §8). */
public enum Isolation {

    /**
     * What it reads by key, and what it scans for update, is found unwritten at its commit, or that is a conflict. Plain
     * scans and counts are snapshot reads: two transactions that each scan what the other writes may both commit (write
     * skew), and what they did not find may have come meanwhile (phantoms). The default.
     */
    SNAPSHOT_SCANS,

    /**
     * Everything it reads is protected, whole ranges that it scans or counts included: the transactions that commit are as
     * if they had run one after another, in the order of their commits. Conflicts are more frequent.
     */
    SERIALIZABLE
}
