package org.understudy;

/** What a site is to its group at a moment: Berkeley DB's roles. */
public enum Role {
    /** The one site that writes. An environment without a local site is always its own master. */
    MASTER,
    /** A read-only copy that follows a master, or looks for one. */
    CLIENT,
    /** Not started, not yet a member, or closed. */
    UNKNOWN
}
