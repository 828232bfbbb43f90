package org.understudy;

/** What has become of a commit, as far as a site can tell (protocol.md §3.1). */
public enum Outcome {

    /** A majority stores it: it will never be undone. */
    PERMANENT,

    /** It is stored and visible on the site asked, and may still be undone. */
    APPLIED,

    /** It is undone for good: no site will ever show it again. */
    ROLLED_BACK,

    /** The site asked has not heard of it, or can't tell yet whether what replaced it will last. */
    UNKNOWN;

    /** Whether it will never change. */
    public boolean isFinal() {
        return this == PERMANENT || this == ROLLED_BACK;
    }
}
