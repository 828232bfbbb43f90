package org.understudy.simulation;

import java.util.List;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;

/** A commit that is answered has what its policy asks for, by the member table its master counts with (protocol.md §3.1). */
final class PoliciesHold implements Observer {
    private final Ledger ledger;

    PoliciesHold(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void answered(SimulatedSite site, Operation operation) {
        if (operation.outcome() != Operation.Outcome.DONE) {
            return;
        }
        Node node = ledger.at(operation.token());
        if (node.lsn() > site.stored().lsn()) {
            throw broken(operation, "its own master has stored only " + site.stored());
        }
        // The master counts by the table it knew when it counted, which a change appended since has replaced.
        Node membership = site.tip().membership();
        MemberTable before = membership.parent().orElse(Node.ROOT).members();
        if (!holds(site, operation, node, site.tip().members()) && !holds(site, operation, node, before)) {
            throw broken(operation, "too few have stored it");
        }
    }

    private boolean holds(SimulatedSite site, Operation operation, Node node, MemberTable table) {
        List<Member> others = table.voters().stream()
                .filter(member -> !site.is(member.incarnation()))
                .toList();
        List<Member> storing =
                others.stream().filter(member -> hasStored(member, node)).toList();
        long peers = others.stream().filter(Member::isElectable).count();
        long storingPeers = storing.stream().filter(Member::isElectable).count();
        boolean alone = others.isEmpty();
        return switch (operation.policy()) {
            case NONE, ALL_AVAILABLE -> true;
            case ALL -> storing.size() == others.size();
            case ALL_PEERS -> storingPeers == peers;
            case ONE -> alone || !storing.isEmpty();
            case ONE_PEER -> alone || storingPeers > 0;
            case QUORUM -> storing.size() + 1 >= table.majority();
        };
    }

    private boolean hasStored(Member member, Node node) {
        return ledger.stores(member, node) || ledger.hasMovedOn(member, node.generation());
    }

    private static Violation broken(Operation operation, String why) {
        return new Violation("an answered commit has what its policy asks for (§3.1)", operation + ": " + why);
    }
}
