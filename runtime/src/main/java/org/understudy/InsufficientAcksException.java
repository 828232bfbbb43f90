package org.understudy;

import java.util.Set;
import java.util.TreeSet;

/**
 * The commit stands on the master, but its policy was not met in time: it may still spread, or be rolled back if
 * mastership goes. Not to be repeated blindly.
 */
public final class InsufficientAcksException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final CommitToken token;
    private final AckPolicy policy;
    private final TreeSet<String> ackedSites;

    public InsufficientAcksException(Place place, CommitToken token, AckPolicy policy, Set<String> ackedSites) {
        super(
                place,
                false,
                "Commit " + token + " is stored here, but too few sites have acknowledged it for " + policy
                        + " (acknowledged by " + (ackedSites.isEmpty() ? "none" : new TreeSet<>(ackedSites))
                        + "); check the other sites, and look the commit up before repeating it");
        this.token = token;
        this.policy = policy;
        this.ackedSites = new TreeSet<>(ackedSites);
    }

    /** The commit. */
    public CommitToken token() {
        return token;
    }

    /** The policy it asked for. */
    public AckPolicy policy() {
        return policy;
    }

    /** The other sites that had stored it by then. */
    public Set<String> ackedSites() {
        return Set.copyOf(ackedSites);
    }
}
