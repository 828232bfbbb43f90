package org.understudy.event;

import java.util.Set;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;

/**
 * A commit stands on this master, but its policy was not met in time.
 *
 * @param token the commit
 * @param policy what it asked for
 * @param ackedSites the other sites that had stored it by then
 */
public record PermFailed(EventOrigin origin, CommitToken token, AckPolicy policy, Set<String> ackedSites)
        implements ReplicationEvent {
    public PermFailed {
        ackedSites = Set.copyOf(ackedSites);
    }
}
