package org.understudy.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.understudy.log.LogRecord;

/**
 * Forwarded writes apply once (protocol.md §13, invariant 11): no log holds one twice, none becomes permanent of which its
 * application was told that it is not written, and what it is told stands there is it. (A master that doesn't know yet that
 * it is deposed may write one that the next has refused, and has to undo it then.)
 */
final class ForwardedOnce implements Observer {
    private static final String NAME = "forwarded writes apply once (§13.11)";

    private final Ledger ledger;
    private final Map<Long, List<Node>> written = new HashMap<>();
    private final Set<Long> refused = new HashSet<>();
    private long checkedLsn;

    ForwardedOnce(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Told after the ledger, which has the record by then. */
    @Override
    public void written(SimulatedSite site, LogRecord record) {
        Node node = ledger.at(record.standing());
        if (node.serial() == 0) {
            return;
        }
        List<Node> before = written.computeIfAbsent(node.serial(), serial -> new ArrayList<>());
        for (Node earlier : before) {
            if (earlier != node && node.holds(earlier)) {
                throw new Violation(
                        NAME, site + " writes commit " + node.serial() + " at " + node + ", behind " + earlier);
            }
        }
        before.add(node);
    }

    @Override
    public void permanent(SimulatedSite site, long lsn) {
        for (Node node = ledger.lastPermanent();
                node.lsn() > checkedLsn;
                node = node.parent().orElseThrow()) {
            checkNotRefused(node);
        }
        checkedLsn = Math.max(checkedLsn, ledger.lastPermanent().lsn());
    }

    private void checkNotRefused(Node node) {
        if (refused.contains(node.serial())) {
            throw new Violation(
                    NAME, "commit " + node.serial() + " lasts, of which it was told that it is not written");
        }
    }

    @Override
    public void forwarded(SimulatedSite site, Operation operation) {
        if (operation.outcome() == Operation.Outcome.REFUSED) {
            refused.add(operation.serial());
            written.getOrDefault(operation.serial(), List.of()).stream()
                    .filter(ledger::isPermanent)
                    .forEach(this::checkNotRefused);
        } else if (operation.outcome() != Operation.Outcome.UNKNOWN
                && ledger.at(operation.token()).serial() != operation.serial()) {
            throw new Violation(
                    NAME,
                    site + " was told of " + operation + ", but there stands "
                            + ledger.at(operation.token()).serial());
        }
    }
}
