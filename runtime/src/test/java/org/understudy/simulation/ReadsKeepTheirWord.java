package org.understudy.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.understudy.AckPolicy;
import org.understudy.Outcome;
import org.understudy.Standing;
import org.understudy.protocol.ReadFailure;
import org.understudy.protocol.ReadGoal;

/**
 * Reads are snapshots of a prefix of one history and keep their consistency's word (protocol.md §13, invariant 10); and
 * what a site says of a commit is so (§3.1).
 */
final class ReadsKeepTheirWord implements Observer {
    private static final String NAME = "reads are snapshots that keep their word (§13.10)";
    private static final String OUTCOMES = "what is said of a commit is so (§3.1)";

    /** Clocks differ by so much at most, in percent, and so do the ages they measure. */
    private static final int CLOCKS_PERCENT = 103;

    private final Ledger ledger;

    /** By when, at the latest, it was promised to somebody that everything up to this record stays. */
    private final TreeMap<Long, Node> promised = new TreeMap<>();

    private final Set<Node> goneForGood = new HashSet<>();

    ReadsKeepTheirWord(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whether a commit's record was ever written: a disk that failed may have kept it from that. */
    boolean knows(Standing commit) {
        return ledger.knows(commit);
    }

    @Override
    public void answered(SimulatedSite site, Operation operation) {
        boolean promise = operation.outcome() == Operation.Outcome.DONE
                && (operation.policy() == AckPolicy.QUORUM || operation.policy() == AckPolicy.ALL);
        if (promise) {
            promise(operation.answeredMicros(), ledger.at(operation.token()));
        }
    }

    @Override
    public void lossAdmitted(SimulatedSite site) {
        promised.values().removeIf(node -> !site.tip().holds(node));
        goneForGood.clear();
    }

    private void promise(long micros, Node node) {
        if (node.lsn() > promisedBy(micros + 1).lsn()) {
            promised.put(micros, node);
        }
    }

    /** The last record promised before a time. */
    private Node promisedBy(long micros) {
        return Optional.ofNullable(promised.lowerEntry(micros))
                .map(Map.Entry::getValue)
                .orElse(Node.ROOT);
    }

    @Override
    public void read(SimulatedSite site, ReadOperation read) {
        if (read.isAnswered()) {
            checkAnswer(read);
        } else if (read.failure().filter(ReadFailure.ROLLED_BACK::equals).isPresent()) {
            outcome(site, ((ReadGoal.AtLeast) read.goal()).commit(), Outcome.ROLLED_BACK);
        }
    }

    private void checkAnswer(ReadOperation read) {
        Node node = ledger.at(read.snapshot().standing());
        require(node.valuesHash() == read.snapshot().valuesHash(), read, "shows other values than the log gives");
        if (read.goal() instanceof ReadGoal.AtLeast atLeast) {
            require(node.holds(ledger.at(atLeast.commit())), read, "does not show the commit");
        } else if (read.goal() instanceof ReadGoal.Within within) {
            long since = read.snapshot().shownMicros() - within.micros() * CLOCKS_PERCENT / 100 - 1;
            require(node.holds(promisedBy(since)), read, "does not show " + promisedBy(since));
        } else {
            require(
                    ledger.isPermanent(node) || ledger.isGivenUp(node),
                    read,
                    "shows what is not permanent, " + ledger.lastPermanent() + " is");
        }
        if (read.goal() instanceof ReadGoal.Latest) {
            Node before = promisedBy(read.beganMicros());
            require(node.holds(before), read, "does not show " + before + ", which was promised before it began");
        }
        if (ledger.isPermanent(node)) {
            promise(read.answeredMicros(), node);
        }
    }

    private static void require(boolean kept, ReadOperation read, String broken) {
        if (!kept) {
            throw new Violation(NAME, read + " " + broken);
        }
    }

    /** A site says what became of a commit. */
    void outcome(SimulatedSite site, Standing commit, Outcome outcome) {
        Node node = ledger.at(commit);
        boolean so =
                switch (outcome) {
                    case PERMANENT -> ledger.isPermanent(node) || ledger.isGivenUp(node);
                    case APPLIED -> site.tip().holds(node);
                    case ROLLED_BACK -> livesInWhatIsGivenUp(site) || (!ledger.isPermanent(node) && remember(node));
                    case UNKNOWN -> true;
                };
        if (!so) {
            throw new Violation(OUTCOMES, site + " says that " + node + " is " + outcome);
        }
    }

    /**
     * Whether what this site knows as permanent was given up by a mastership that was forced, of which it hasn't heard: by all
     * it knows, what that one keeps was rolled back (§4.7).
     */
    private boolean livesInWhatIsGivenUp(SimulatedSite site) {
        long permanentLsn = site.process().orElseThrow().view().permanentLsn();
        return ledger.isGivenUp(site.tip().at(permanentLsn));
    }

    private boolean remember(Node node) {
        goneForGood.add(node);
        return true;
    }

    @Override
    public void ended(List<SimulatedSite> sites, Optional<Node> end) {
        end.ifPresent(last -> goneForGood.forEach(node -> {
            if (last.holds(node)) {
                throw new Violation(OUTCOMES, node + " was called rolled back, and is there");
            }
        }));
    }
}
