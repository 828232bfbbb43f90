package org.understudy.simulation;

import java.util.HashMap;
import java.util.Map;
import org.understudy.log.Ballot;

/**
 * Generations and votes never go back, nor a permanent LSN while its process lives (protocol.md §13, invariant 6).
 */
final class NothingGoesBack implements Observer {
    private static final String NAME = "generations, votes and permanent LSNs never go back (§13.6)";

    private final Map<String, Long> permanent = new HashMap<>();

    @Override
    public void ballotSaved(SimulatedSite site, Ballot before, Ballot after) {
        if (after.highestGeneration() < before.highestGeneration()
                || after.votedGeneration() < before.votedGeneration()) {
            throw new Violation(NAME, site + " replaces " + before + " by " + after);
        }
        if (!after.incarnation().equals(before.incarnation())) {
            throw new Violation(NAME, site + " changes its incarnation: " + before + ", " + after);
        }
    }

    @Override
    public void permanent(SimulatedSite site, long lsn) {
        long before = permanent.getOrDefault(site.name(), 0L);
        if (lsn < before) {
            throw new Violation(NAME, site + " says " + lsn + " is permanent after " + before);
        }
        permanent.put(site.name(), lsn);
    }

    @Override
    public void started(SimulatedSite site) {
        permanent.remove(site.name());
    }
}
