package org.understudy.protocol;

import java.util.Optional;
import org.understudy.WonElection;
import org.understudy.event.ElectionFailed;
import org.understudy.event.ElectionStarted;

/** What the application is told of this site's elections: when one begins or fails, and what became of them all. */
final class ElectionReport {
    private final ReplicaContext context;
    private boolean announced;
    private long held;
    private long won;
    private Optional<WonElection> lastWon = Optional.empty();
    private String lastFailure = "";

    ElectionReport(ReplicaContext context) {
        this.context = context;
    }

    /** A new one begins; it is announced once it comes to anything, unless the application knows of it already. */
    void begin(boolean known) {
        announced = known;
    }

    /** Tells once that it has begun. */
    void announce() {
        if (!announced) {
            announced = true;
            context.fire(ElectionStarted::new);
        }
    }

    void held() {
        held++;
    }

    void won(WonElection election) {
        won++;
        lastWon = Optional.of(election);
    }

    void failed(String reason) {
        lastFailure = reason;
        context.fire(origin -> new ElectionFailed(origin, reason));
    }

    /** How many this site began. */
    long heldCount() {
        return held;
    }

    /** How many it won. */
    long wonCount() {
        return won;
    }

    /** The last it won. */
    Optional<WonElection> lastWon() {
        return lastWon;
    }

    /** Why the last failed. */
    String lastFailure() {
        return lastFailure;
    }
}
