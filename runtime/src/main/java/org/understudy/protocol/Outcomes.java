package org.understudy.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.understudy.Outcome;
import org.understudy.Standing;
import org.understudy.log.Mastership;

/** Tells what has become of commits, and keeps those who wait until that is final (protocol.md §3.1). */
final class Outcomes {
    private record Asked(Standing commit, long endMicros) {}

    private final ReplicaContext context;
    private final Map<Long, Asked> waiting = new TreeMap<>();

    Outcomes(ReplicaContext context) {
        this.context = context;
    }

    /** What has become of it. */
    Outcome of(Standing commit) {
        if (context.holds(commit)) {
            return commit.lsn() <= context.permanentLsn ? Outcome.PERMANENT : Outcome.APPLIED;
        }
        return replacement(commit)
                .filter(later -> context.rules.mayCallRolledBack(later.firstLsn(), context.permanentLsn))
                .map(later -> Outcome.ROLLED_BACK)
                .orElse(Outcome.UNKNOWN);
    }

    /** The first mastership after the commit's that began at or below its LSN: where that lasts, the commit can't. */
    private Optional<Mastership> replacement(Standing commit) {
        return context.history.entries().stream()
                .filter(later -> later.generation() > commit.generation() && later.firstLsn() <= commit.lsn())
                .findFirst();
    }

    /** Whether a record of an older generation stands in its place for good, so that there never was such a commit. */
    boolean isImpossible(Standing commit) {
        return commit.lsn() <= context.permanentLsn
                && context.history.generationAt(commit.lsn()) != commit.generation()
                && replacement(commit).isEmpty();
    }

    void ask(Input.AskOutcome question) {
        waiting.put(question.request(), new Asked(question.commit(), context.now + question.timeoutMicros()));
        advance();
    }

    /** Answers what is final by now, or has waited for long enough. */
    void advance() {
        if (!waiting.isEmpty()) {
            waiting.entrySet().removeIf(each -> tell(each.getKey(), each.getValue()));
        }
    }

    private boolean tell(long request, Asked asked) {
        Outcome outcome = of(asked.commit());
        boolean told = outcome.isFinal() || context.now >= asked.endMicros();
        if (told) {
            context.emit(new Effect.OutcomeTold(request, outcome));
        }
        return told;
    }

    long deadline() {
        return waiting.values().stream().mapToLong(Asked::endMicros).min().orElse(Long.MAX_VALUE);
    }
}
