package org.understudy;

/** What is to become of a prepared branch. */
public enum BranchDecision {
    /** The transaction manager's word: its writes are made. */
    COMMIT,
    /** The transaction manager's word: its writes are forgotten; one that never came is never taken any more. */
    ROLL_BACK,
    /** An administrator's: its writes are made, and its transaction manager is told so when it asks (a heuristic outcome). */
    COMMIT_BY_HAND,
    /** An administrator's: its writes are forgotten, and its transaction manager is told so when it asks. */
    ROLL_BACK_BY_HAND,
    /** The transaction manager, or an administrator in its place, has taken note of what was decided by hand. */
    FORGET
}
