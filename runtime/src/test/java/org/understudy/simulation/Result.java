package org.understudy.simulation;

import java.util.Map;
import java.util.Optional;

/**
 * What came out of a run.
 *
 * @param steps how many inputs the cores were given
 * @param commits how many commits were tried
 * @param traceHash equal for equal runs
 * @param lost how many commits were lost that had been permanent, as the protocol said (PossibleLoss)
 * @param halted why the group could not go on although the protocol was kept; empty when it did go on
 */
record Result(
        Mix mix,
        long steps,
        long commits,
        long traceHash,
        Map<FaultKind, Long> faults,
        long lost,
        Optional<String> halted,
        Optional<Failure> failure) {

    /** The same, failed for another reason. */
    Result withFailure(Failure other) {
        return new Result(mix, steps, commits, traceHash, faults, lost, halted, Optional.of(other));
    }

    /** A failed run for people: what broke, how to see it again, and what happened last. */
    String report() {
        Failure failed = failure.orElseThrow();
        return String.join(
                System.lineSeparator(),
                "",
                String.join(System.lineSeparator(), failed.trace()),
                "",
                "broken at step " + failed.step() + ": " + failed.reason(),
                "settings: " + mix,
                "replay: " + mix.replay());
    }
}
