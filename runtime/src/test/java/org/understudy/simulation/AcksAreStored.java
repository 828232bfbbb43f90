package org.understudy.simulation;

import org.understudy.log.Member;
import org.understudy.protocol.AckProgress;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/**
 * An acknowledgement is sent only for what is stored, durability setting met, and counts only for that (protocol.md §3).
 */
final class AcksAreStored implements Observer {
    private final Ledger ledger;

    AcksAreStored(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void sent(SimulatedSite site, Peer to, Message message) {
        long promised = site.disk().ballot().highestGeneration();
        if (message instanceof Message.Ack ack && ack.generation() < promised) {
            throw new Violation(
                    "after promising a later generation a site acks no older one (§3)",
                    site + " acks " + ack + " to " + to + " and has promised generation " + promised);
        }
        if (message instanceof Message.Ack ack && ack.lsn() > site.stored().lsn()) {
            throw new Violation(
                    "an ack names only what is stored (§3)",
                    site + " acks " + ack.lsn() + " to " + to + " and has stored " + site.stored());
        }
    }

    @Override
    public void counted(SimulatedSite site, AckProgress progress) {
        for (Member voter : site.tip().members().voters()) {
            long acked = progress.ackedBySite().getOrDefault(voter.name(), 0L);
            if (acked > 0
                    && !ledger.hasMovedOn(voter, progress.generation())
                    && !ledger.stores(voter, site.tip().at(acked))) {
                throw new Violation(
                        "only acks of the current generation and stream count (§3)",
                        site + " counts " + acked + " for " + voter.name() + ", which has not stored that");
            }
        }
    }
}
