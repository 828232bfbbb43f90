package org.understudy.protocol;

import org.understudy.log.GroupTerms;

/**
 * What a {@link Replica} is told about its site once and for all.
 *
 * @param environment the environment's name, for events and messages
 * @param localSite this site's exact {@code host:port}
 * @param priority 0 for a site that never becomes master; what a group that takes this site in begins with
 * @param view whether this site is a read-only copy that never counts
 * @param elections whether this site looks for a master by itself; if not, the application appoints
 * @param terms what a group created here asks of every site
 * @param times all timeouts
 * @param sync how it synchronises
 * @param forwards whether it takes writes that others forward
 */
public record ReplicaSettings(
        String environment,
        String localSite,
        int priority,
        boolean view,
        boolean elections,
        GroupTerms terms,
        ReplicaTimes times,
        SyncSettings sync,
        boolean forwards) {

    /** A site that neither forwards writes nor takes any. */
    public ReplicaSettings(
            String environment,
            String localSite,
            int priority,
            boolean view,
            boolean elections,
            GroupTerms terms,
            ReplicaTimes times,
            SyncSettings sync) {
        this(environment, localSite, priority, view, elections, terms, times, sync, false);
    }
}
