package org.understudy;

/** Where a branch of a distributed transaction stands that was prepared here. */
public enum BranchState {
    /** It is not known: never prepared, forgotten, or decided so long ago that it is no longer remembered. */
    UNKNOWN,
    /** Promised and undecided: it can be committed and rolled back, and nobody else writes what it read or writes. */
    PREPARED,
    /** Committed by its transaction manager. */
    COMMITTED,
    /** Rolled back by its transaction manager. */
    ROLLED_BACK,
    /** Committed by an administrator; kept until its transaction manager has heard of it. */
    COMMITTED_BY_HAND,
    /** Rolled back by an administrator; kept until its transaction manager has heard of it. */
    ROLLED_BACK_BY_HAND
}
