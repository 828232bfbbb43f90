package org.understudy;

/** What the member table says of a site. */
public enum SiteState {
    /** Added, receives the log, and counts nowhere yet. */
    JOINING,
    /** A member: it votes and acknowledges, unless it is a view. */
    PRESENT
}
