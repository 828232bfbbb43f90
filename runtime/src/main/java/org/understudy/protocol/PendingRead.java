package org.understudy.protocol;

import org.understudy.Standing;

/** One read that waits for its snapshot, or with it for what makes it good. */
final class PendingRead {
    /** Where it stands. */
    enum Stage {
        /** It waits for what its snapshot has to hold. */
        FLOOR,
        /** It waits for its snapshot. */
        SNAPSHOT,
        /** It has a snapshot, which is not permanent yet. */
        PERMANENCE
    }

    final long request;
    final ReadGoal goal;
    final long endMicros;
    Stage stage = Stage.FLOOR;

    /** What its snapshot has to hold. */
    Standing floor = Standing.ZERO;

    /** As of when the floor covers all that was permanent. */
    long freshAtMicros = PeerState.NEVER;

    /** How often a snapshot was asked for: one of an earlier attempt may still be told of, and is not the one that answers. */
    long attempt;

    Standing snapshot = Standing.ZERO;

    /** Whom it has asked for a confirmation, in which generation, when, and by which number; null for nobody. */
    Object asked;

    long askedGeneration;
    long askedAtMicros;
    long ask;

    /** Whether this site's own lease was the proof: then it must still hold when the snapshot answers. */
    boolean byLease;

    /** Not before this time is anybody asked again. */
    long askAgainMicros;

    PendingRead(long request, ReadGoal goal, long endMicros) {
        this.request = request;
        this.goal = goal;
        this.endMicros = endMicros;
    }

    /** Whether its snapshot must be permanent before it answers. */
    boolean waitsForPermanence() {
        return goal instanceof ReadGoal.Permanent || goal instanceof ReadGoal.Latest;
    }

    /** Whether it is known what its snapshot has to hold to be as fresh as it asks. */
    boolean hasFreshness() {
        return freshAtMicros != PeerState.NEVER;
    }

    /** Begins anew, with all proofs to be given again. */
    void restart() {
        stage = Stage.FLOOR;
        floor = Standing.ZERO;
        freshAtMicros = PeerState.NEVER;
        asked = null;
        byLease = false;
    }
}
