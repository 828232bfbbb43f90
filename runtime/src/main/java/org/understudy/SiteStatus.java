package org.understudy;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One member of the group as this site sees it, in a {@link Status}.
 *
 * @param name its name, {@code host:port}
 * @param id its site id, the same on every site
 * @param local whether it is this site
 * @param state what the member table says of it
 * @param view whether it is a view
 * @param priority its priority
 * @param role what it is, if this site can know
 * @param connected whether this site has a connection to it, or lost it less than {@code connection-grace} ago
 * @param streaming whether it is up to date with this master; false on clients
 * @param ackedLsn the last record it has acknowledged to this master; empty on clients
 * @param lagRecords how many of this master's records it has not acknowledged; empty on clients
 * @param lastHeardMillis how long ago this site last heard from it; empty if never
 */
public record SiteStatus(
        String name,
        int id,
        boolean local,
        SiteState state,
        boolean view,
        int priority,
        Optional<Role> role,
        boolean connected,
        boolean streaming,
        OptionalLong ackedLsn,
        OptionalLong lagRecords,
        OptionalLong lastHeardMillis) {}
