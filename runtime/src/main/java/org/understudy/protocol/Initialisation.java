package org.understudy.protocol;

import org.understudy.Standing;
import org.understudy.log.GenerationHistory;

/** Which checkpoint may take the place of this site's log and data, and the mark before it does (protocol.md §5). */
final class Initialisation {
    private final ReplicaContext context;
    private Standing offered = Standing.ZERO;

    /** What a checkpoint must hold of this site's own records. */
    private long neededLsn;

    Initialisation(ReplicaContext context) {
        this.context = context;
    }

    void begin(Peer source, long matchLsn) {
        neededLsn = Math.max(matchLsn, context.permanentLsn);
        context.emit(new Effect.FetchCheckpoint(source));
    }

    /** Takes only what reaches the match point and the permanent LSN with this site's own generations there. */
    boolean accepts(Input.CheckpointOffered offer) {
        long match = GenerationHistory.matchPoint(
                offer.history(), offer.standing().lsn(), context.history, context.last.lsn());
        if (context.rules.mayInstall(match, neededLsn)) {
            offered = offer.standing();
            context.emit(new Effect.AcceptCheckpoint());
            return true;
        }
        context.emit(new Effect.RefuseCheckpoint("it reaches " + offer.standing()
                + " and has this site's records up to " + match + ", " + neededLsn + " are needed"));
        return false;
    }

    /** Before the old environment goes, the ballot is marked with what must be reached. */
    void install() {
        context.saveBallot(context.ballot.mustReach(offered));
        context.emit(new Effect.InstallCheckpoint());
    }
}
