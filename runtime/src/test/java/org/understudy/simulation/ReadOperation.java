package org.understudy.simulation;

import java.util.Optional;
import org.understudy.Standing;
import org.understudy.protocol.ReadFailure;
import org.understudy.protocol.ReadGoal;

/** One read of the workload: what it asked, the snapshot it got, and when. */
final class ReadOperation {
    private final ReadGoal goal;
    private final String site;
    private final long beganMicros;
    private Optional<Snapshot> snapshot = Optional.empty();
    private Optional<ReadFailure> failure = Optional.empty();
    private long answeredMicros = Long.MAX_VALUE;

    /** What a snapshot showed: its standing, what its values hash to, and when it was shown to the protocol. */
    record Snapshot(Standing standing, long valuesHash, long shownMicros) {}

    ReadOperation(ReadGoal goal, String site, long beganMicros) {
        this.goal = goal;
        this.site = site;
        this.beganMicros = beganMicros;
    }

    ReadGoal goal() {
        return goal;
    }

    long beganMicros() {
        return beganMicros;
    }

    long answeredMicros() {
        return answeredMicros;
    }

    /** The snapshot taken last. */
    Snapshot snapshot() {
        return snapshot.orElseThrow();
    }

    /** Whether it was answered from its snapshot. */
    boolean isAnswered() {
        return answeredMicros != Long.MAX_VALUE && failure.isEmpty();
    }

    Optional<ReadFailure> failure() {
        return failure;
    }

    boolean isOver() {
        return answeredMicros != Long.MAX_VALUE;
    }

    void took(Snapshot next) {
        snapshot = Optional.of(next);
    }

    void answered(long nowMicros) {
        answeredMicros = nowMicros;
    }

    void failed(ReadFailure why, long nowMicros) {
        failure = Optional.of(why);
        answeredMicros = nowMicros;
    }

    @Override
    public String toString() {
        return goal + " at " + site + " from " + beganMicros + " to " + answeredMicros + " "
                + failure.map(Object::toString)
                        .orElse(snapshot.map(Object::toString).orElse(""));
    }
}
