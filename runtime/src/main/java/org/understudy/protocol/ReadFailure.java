package org.understudy.protocol;

/** Why a read did not get the snapshot it asked for. */
public enum ReadFailure {
    /** Not in time; it may succeed when asked again. */
    LATE,
    /** The commit it asks for is undone for good. */
    ROLLED_BACK,
    /** The commit it asks for is in no log, and never will be in this one. */
    UNKNOWN
}
