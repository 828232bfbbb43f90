package org.understudy.simulation;

import java.util.List;

/** With leases, no two sites hold one at the same true time (protocol.md §13, invariant 9). */
final class OneLease implements Observer {

    /** A lease begins or is renewed in a step of its holder, so that an overlap shows at one of them. */
    @Override
    public void stepped(SimulatedSite site) {
        if (!holds(site)) {
            return;
        }
        List<SimulatedSite> holders =
                site.world().sites().stream().filter(OneLease::holds).toList();
        if (holders.size() > 1) {
            throw new Violation("no two sites hold a lease at the same time (§13.9)", "these do: " + holders);
        }
    }

    /** A machine that sleeps, or has noticed nothing of that yet, acts on no lease before it looks at its clocks. */
    private static boolean holds(SimulatedSite site) {
        return !site.clock().isInDoubt()
                && site.process().filter(SiteProcess::holdsLease).isPresent();
    }
}
