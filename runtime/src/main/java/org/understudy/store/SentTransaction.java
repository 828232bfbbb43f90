package org.understudy.store;

import org.understudy.Standing;

/** A transaction that ran on another site: what it read there, and wants to write (protocol.md §8). */
final class SentTransaction extends Commit {
    private final Standing snapshot;
    private final ReadSet reads;
    private final WriteSet writes;

    SentTransaction(Standing snapshot, ReadSet reads, WriteSet writes) {
        this.snapshot = snapshot;
        this.reads = reads;
        this.writes = writes;
    }

    Standing snapshot() {
        return snapshot;
    }

    /** Without the values: this master reads them itself where it needs them. */
    ReadSet reads() {
        return reads;
    }

    WriteSet writes() {
        return writes;
    }
}
