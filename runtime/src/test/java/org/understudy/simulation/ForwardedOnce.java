package org.understudy.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.understudy.log.LogRecord;

/**
 * Forwarded writes apply once (protocol.md §13, invariant 11): no log holds one twice, none is written after its application
 * was told that it is not, and what it is told stands there is it.
 */
final class ForwardedOnce implements Observer {
    private static final String NAME = "forwarded writes apply once (§13.11)";

    private final Ledger ledger;
    private final Map<Long, List<Node>> written = new HashMap<>();
    private final Set<Long> refused = new HashSet<>();

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
        if (refused.contains(node.serial())) {
            throw new Violation(
                    NAME, site + " writes commit " + node.serial() + ", of which it was told that it is not");
        }
    }

    @Override
    public void forwarded(SimulatedSite site, Operation operation) {
        if (operation.outcome() == Operation.Outcome.REFUSED) {
            refused.add(operation.serial());
        } else if (operation.outcome() != Operation.Outcome.UNKNOWN
                && ledger.at(operation.token()).serial() != operation.serial()) {
            throw new Violation(
                    NAME,
                    site + " was told of " + operation + ", but there stands "
                            + ledger.at(operation.token()).serial());
        }
    }
}
