package org.understudy.simulation;

import java.util.List;

/**
 * A site's data equals its log replayed (protocol.md §13, invariant 7), which makes every local read a prefix of one
 * history (invariant 10).
 */
final class DataIsLog implements Observer {
    private static final String NAME = "a site's data equals its log replayed (§13.7)";
    private static final int RECORDS_LOOKED_AT = 20;

    private final Ledger ledger;

    DataIsLog(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void stepped(SimulatedSite site) {
        if (site.isUp()) {
            checkValues(site, site.disk().store().valuesHash());
        }
    }

    @Override
    public void started(SimulatedSite site) {
        checkThoroughly(site);
    }

    @Override
    public void swept(List<SimulatedSite> sites) {
        sites.stream().filter(SimulatedSite::isUp).forEach(this::checkThoroughly);
    }

    private void checkThoroughly(SimulatedSite site) {
        DataImage data = site.disk().store().live();
        checkValues(site, data.valuesHash());
        Node node = ledger.at(data.applied);
        if (!data.members.equals(node.members())) {
            throw new Violation(NAME, site + " at " + node + " has the members " + data.members);
        }
        boolean halfDone = data.pendingCut.isPresent() || data.pendingReset.isPresent();
        if (halfDone || !site.disk().isReadable()) {
            return;
        }
        Disk disk = site.disk();
        long first = Math.max(disk.log().startLsn(), data.applied.lsn() - RECORDS_LOOKED_AT);
        for (long lsn = first; lsn <= data.applied.lsn(); lsn++) {
            Node expected = node.at(lsn);
            disk.log().read(lsn, lsn, 1).forEach(record -> {
                if (!record.standing().equals(expected.standing()) || Node.contentOf(record) != expected.content()) {
                    throw new Violation(NAME, site + " reads " + record + " from its log where " + expected + " was");
                }
            });
        }
    }

    private void checkValues(SimulatedSite site, long valuesHash) {
        DataImage data = site.disk().store().live();
        if (valuesHash != ledger.at(data.applied).valuesHash()) {
            throw new Violation(NAME, site + " has other values than its log gives: " + data);
        }
    }
}
