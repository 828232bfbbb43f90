package org.understudy.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.understudy.CommitToken;
import org.understudy.protocol.AckProgress;
import org.understudy.protocol.Input;

/** Commits that have their place in the log and wait for what their policy asks. */
final class Waiters {
    private final SiteProcess process;
    private final List<Operation> waiting = new ArrayList<>();
    private Optional<AckProgress> latest = Optional.empty();

    Waiters(SiteProcess process) {
        this.process = process;
    }

    /** A commit is about to be appended. */
    void add(Operation operation) {
        waiting.add(operation);
        process.after(process.settings().ackTimeoutMicros(), () -> {
            if (waiting.remove(operation)) {
                fail(operation);
            }
        });
    }

    /** The protocol counted anew. */
    void advance(AckProgress progress) {
        latest = Optional.of(progress);
        Predicate<Operation> mine = operation -> operation.token().generation() == progress.generation();
        take(mine.and(operation -> operation.token().lsn() <= progress.satisfiedLsn(operation.policy())))
                .forEach(operation -> process.answer(operation, Operation.Outcome.DONE));
        take(mine.and(operation -> progress.outOfReach(operation.policy()))).forEach(this::fail);
    }

    private List<Operation> take(Predicate<Operation> which) {
        List<Operation> taken = waiting.stream().filter(which).toList();
        waiting.removeAll(taken);
        return taken;
    }

    private void fail(Operation operation) {
        Set<String> acked = latest.map(progress -> ackedBy(progress, operation)).orElse(Set.of());
        process.answer(operation, Operation.Outcome.INSUFFICIENT_ACKS);
        CommitToken token = new CommitToken(
                process.groupId(),
                operation.token().generation(),
                operation.token().lsn());
        process.take(new Input.AckFailed(token, operation.policy(), acked, false));
    }

    private static Set<String> ackedBy(AckProgress progress, Operation operation) {
        Set<String> sites = new java.util.TreeSet<>();
        progress.ackedBySite().forEach((site, lsn) -> {
            if (lsn >= operation.token().lsn()) {
                sites.add(site);
            }
        });
        return sites;
    }

    /** Mastership is gone: how they end, nobody knows here. */
    void abandon() {
        take(operation -> true).forEach(operation -> process.answer(operation, Operation.Outcome.UNKNOWN));
    }
}
