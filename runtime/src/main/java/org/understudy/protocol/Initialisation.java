package org.understudy.protocol;

import java.util.Optional;
import org.understudy.Standing;
import org.understudy.log.GenerationHistory;

/** Which checkpoint may take the place of this site's log and data, and the mark before it does (protocol.md §5). */
final class Initialisation {
    private final ReplicaContext context;
    private Standing offered = Standing.ZERO;

    private Optional<GenerationHistory> history = Optional.empty();
    private long startLsn;

    /** What a checkpoint must hold of this site's own records. */
    private long neededLsn;

    Initialisation(ReplicaContext context) {
        this.context = context;
    }

    /** Takes what this site offers. */
    void begin(Peer source, long matchLsn) {
        begin(source, matchLsn, Optional.empty(), 0);
    }

    /**
     * Takes what this site offers if it lies in the history that the master answered, and the master's log goes on from
     * there.
     */
    void begin(Peer source, long matchLsn, Optional<GenerationHistory> answered, long mastersStartLsn) {
        history = answered;
        startLsn = mastersStartLsn;
        neededLsn = Math.max(matchLsn, context.permanentLsn);
        context.emit(new Effect.FetchCheckpoint(source));
    }

    /** Takes only what reaches the match point and the permanent LSN with this site's own generations there. */
    boolean accepts(Input.CheckpointOffered offer) {
        long match = GenerationHistory.matchPoint(
                offer.history(), offer.standing().lsn(), context.history, context.last.lsn());
        boolean goesOn = offer.standing().lsn() + 1 >= startLsn && liesInHistory(offer);
        if (context.rules.mayInstall(match >= neededLsn && goesOn)) {
            offered = offer.standing();
            context.emit(new Effect.AcceptCheckpoint());
            return true;
        }
        context.emit(new Effect.RefuseCheckpoint("it reaches " + offer.standing()
                + " and has this site's records up to " + match + ", " + neededLsn + " are needed"
                + (goesOn
                        ? ""
                        : "; and the master's log, which begins at " + startLsn + ", does not go on from there")));
        return false;
    }

    /** What its newest mastership wrote, if that is the master's own, lies in the master's log (protocol.md §5). */
    private boolean liesInHistory(Input.CheckpointOffered offer) {
        long lsn = offer.standing().lsn();
        return history.isEmpty()
                || GenerationHistory.matchPoint(offer.history(), lsn, history.get(), Long.MAX_VALUE) == lsn;
    }

    /** Before the old environment goes, the ballot is marked with what must be reached. */
    void install() {
        context.saveBallot(context.ballot.mustReach(offered));
        context.emit(new Effect.InstallCheckpoint());
    }
}
