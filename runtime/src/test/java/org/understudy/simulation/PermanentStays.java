package org.understudy.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.understudy.Standing;
import org.understudy.log.MemberTable;

/**
 * No LSN at or below a site's permanent LSN is rolled back or differs between sites (protocol.md §13, invariant 3), and
 * what is called permanent is stored by a majority (§1).
 */
final class PermanentStays implements Observer {
    private static final String NAME = "no permanent LSN is rolled back or differs (§13.3)";

    private final Ledger ledger;
    private final Map<String, Long> said = new HashMap<>();

    PermanentStays(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void permanent(SimulatedSite site, long lsn) {
        if (lsn > site.tip().lsn()) {
            throw new Violation(NAME, site + " calls " + lsn + " permanent, its log ends at " + site.tip());
        }
        Node node = site.tip().at(lsn);
        if (ledger.isGivenUp(node)) {
            return; // it was, and this site has not heard yet that it is no more
        }
        Optional<Node> known = ledger.permanentAt(lsn);
        if (known.isPresent() ? known.get() != node : !node.holds(ledger.lastPermanent())) {
            throw new Violation(
                    NAME,
                    site + " calls " + node + " permanent; permanent are "
                            + known.map(Node::toString).orElse("") + " there and " + ledger.lastPermanent() + " last");
        }
        if (known.isEmpty()) {
            checkGeneration(site, node);
            checkMajority(site, node);
            ledger.extendPermanent(node);
        }
        said.merge(site.name(), lsn, Math::max);
    }

    private void checkGeneration(SimulatedSite site, Node node) {
        if (node.generation() != site.tip().generation()) {
            throw new Violation(
                    "the permanent LSN moves only over records of the current generation (§3)",
                    site + " calls " + node + " permanent in generation "
                            + site.tip().generation());
        }
    }

    private void checkMajority(SimulatedSite site, Node node) {
        MemberTable members = site.tip().members();
        long storing = members.voters().stream()
                .filter(voter -> ledger.stores(voter, node))
                .count();
        if (storing < members.majority()) {
            throw new Violation(
                    "permanent is what a majority stores (§1)",
                    site + " calls " + node + " permanent, which only " + storing + " of "
                            + members.voters().size() + " voting sites store");
        }
    }

    @Override
    public void lossAdmitted(SimulatedSite master) {
        for (SimulatedSite site : master.world().sites()) {
            said.computeIfPresent(site.name(), (name, lsn) -> keeps(site, lsn) ? lsn : null);
        }
    }

    private boolean keeps(SimulatedSite site, long lsn) {
        return lsn > site.tip().lsn() || !ledger.isGivenUp(site.tip().at(lsn));
    }

    @Override
    public void cut(SimulatedSite site, Standing kept) {
        checkKept(site, kept.lsn());
    }

    @Override
    public void installed(SimulatedSite site, Standing standing) {
        checkKept(site, standing.lsn());
    }

    private void checkKept(SimulatedSite site, long lsn) {
        long permanent = said.getOrDefault(site.name(), 0L);
        if (lsn < permanent) {
            throw new Violation(
                    NAME, site + " keeps its log up to " + lsn + ", and has called " + permanent + " permanent");
        }
    }

    @Override
    public void started(SimulatedSite site) {
        // A client may call permanent what it has not stored yet, and lose it in a crash.
        said.computeIfPresent(
                site.name(), (name, lsn) -> Math.min(lsn, site.tip().lsn()));
    }

    @Override
    public void wiped(SimulatedSite site) {
        said.remove(site.name());
    }
}
