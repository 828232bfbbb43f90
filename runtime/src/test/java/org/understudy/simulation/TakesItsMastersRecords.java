package org.understudy.simulation;

import java.util.Optional;
import org.understudy.Role;
import org.understudy.SyncPhase;
import org.understudy.log.LogRecord;
import org.understudy.protocol.ReplicaView;

/** What a client fetches while it follows a master lies in that master's log, whoever sent it (protocol.md §5). */
final class TakesItsMastersRecords implements Observer {
    private final World world;
    private final Ledger ledger;

    TakesItsMastersRecords(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    @Override
    public void accepted(SimulatedSite site, LogRecord record) {
        ReplicaView view = site.process().orElseThrow().view();
        if (view.phase() != SyncPhase.CATCH_UP) {
            return;
        }
        Optional<SiteProcess> master = world.sites().stream()
                .filter(other -> view.master().filter(other.name()::equals).isPresent())
                .flatMap(other -> other.process().stream())
                .filter(process ->
                        process.view().role() == Role.MASTER && process.view().generation() == view.generation())
                .findFirst();
        Node node = ledger.at(record.standing());
        if (master.isPresent() && !master.get().site().tip().holds(node)) {
            throw new Violation(
                    "a client takes only records that lie in its master's log (§5)",
                    site + " takes " + record + ", which " + master.get().site() + " does not have");
        }
    }
}
