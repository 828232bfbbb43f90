package org.understudy.benchmarks.harness;

import java.util.List;
import java.util.Optional;
import org.understudy.benchmarks.harness.Figure.Unit;

/**
 * Two ways to the same end on the same group, measured in turn, round by round, with the same warm-up for both.
 *
 * @param usual what the other way is compared with
 */
record Comparison(Scenario usual, Scenario other) {
    /** How many times as much the other way comes to. */
    Figure figure() {
        return new Figure(other.figure().title() + ": times " + usual.figure().title(), Unit.TIMES);
    }

    /** The one that begins changes from round to round, as the machine's speed drifts. */
    List<Scenario> order(int round) {
        return round % 2 == 1 ? List.of(usual, other) : List.of(other, usual);
    }

    /** Of two samples of one round. */
    Sample ratio(Sample ofUsual, Sample ofOther) {
        return new Sample(other.figure().ratio(ofOther.value(), ofUsual.value()), Optional.empty());
    }
}
