package org.understudy.simulation;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.understudy.log.LogRecord;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordKind;

/**
 * Every commit acknowledged under {@code QUORUM} or {@code ALL} is in the log of every later master (protocol.md §13,
 * invariant 4): these are permanent when they are acknowledged, and a later master's log begins behind all that is
 * permanent.
 */
final class AcknowledgedSurvives implements Observer {
    private static final String NAME = "what QUORUM acknowledged is in every later master's log (§13.4)";

    private final Ledger ledger;
    private final NavigableMap<Long, Node> masterships = new TreeMap<>();
    /** What the master of each generation called permanent last. */
    private final NavigableMap<Long, Node> declared = new TreeMap<>();

    AcknowledgedSurvives(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void written(SimulatedSite site, LogRecord record) {
        if (record.kind() == RecordKind.MEMBERSHIP && endsLoosePair(record)) {
            masterships.values().removeIf(node -> !site.tip().holds(node));
        }
        if (record.kind() != RecordKind.GENERATION) {
            return;
        }
        Node begins = site.tip();
        masterships.put(record.generation(), begins);
        Map.Entry<Long, Node> earlier = declared.lowerEntry(record.generation());
        if (earlier != null) {
            check(begins, earlier.getValue());
        }
    }

    /**
     * One of two that aren't strict goes on alone for good: by the operator's word the other's mastership, which there may
     * have been beside its own, is over and its log gone (protocol.md §4.6).
     */
    private static boolean endsLoosePair(LogRecord record) {
        MembershipChange change = MembershipChange.decode(record.payload());
        return change.before().isLoosePair() && change.after().voters().size() == 1;
    }

    @Override
    public void lossAdmitted(SimulatedSite site) {
        declared.values().removeIf(node -> !site.tip().holds(node));
    }

    @Override
    public void permanent(SimulatedSite site, long lsn) {
        Node node = ledger.lastPermanent();
        if (declared.put(node.generation(), node) != node) {
            masterships.tailMap(node.generation(), false).values().forEach(later -> check(later, node));
        }
    }

    private static void check(Node mastership, Node permanent) {
        if (!mastership.holds(permanent)) {
            throw new Violation(
                    NAME,
                    "the mastership that begins with " + mastership + " lacks " + permanent + ", which is permanent");
        }
    }

    @Override
    public void forwarded(SimulatedSite site, Operation operation) {
        answered(site, operation);
    }

    @Override
    public void answered(SimulatedSite site, Operation operation) {
        boolean promised = operation.outcome() == Operation.Outcome.DONE
                && switch (operation.policy()) {
                    case QUORUM, ALL -> true;
                    default -> false;
                };
        if (promised && !ledger.isPermanent(ledger.at(operation.token()))) {
            throw new Violation(NAME, operation + " is answered and not permanent");
        }
    }
}
