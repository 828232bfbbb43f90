package org.understudy.harness;

/** What can happen to a group of real processes. */
enum Torment {
    /** A site neither hears the others nor is heard. */
    ISOLATED,
    /** A site is heard, and hears nobody. */
    DEAF,
    /** A site hears everybody, and is not heard. */
    MUTE,
    /** Two sites don't reach each other, but all others. */
    PARTED,
    /** Everything reaches a site late. */
    SLOW,
    /** Little of what a site sends gets through. */
    NARROW,
    /** All connections of a site are reset. */
    RESET,
    /** A process stands still. */
    STOPPED,
    /** A process is killed and started again. */
    KILLED,
    /** All processes are killed at once. */
    ALL_KILLED,
    /** A disk has no room left. */
    DISK_FULL,
    /** A wall clock jumps. */
    CLOCK_JUMP
}
