package org.understudy.protocol;

import org.understudy.Standing;

/**
 * The decisions on which safety rests, each a small predicate, gathered so that the tests can break one at a time and
 * prove that the simulator notices (simulation.md, mutants).
 */
class Rules {
    static final Rules STANDARD = new Rules();

    /** A vote is on disk before the answer leaves (protocol.md §2.2). */
    boolean forcesVote() {
        return true;
    }

    /** A voter's log, every accepted record included, is no better than the candidate's (§4.3). */
    boolean mayVoteFor(Standing mine, Standing candidate) {
        return candidate.atLeast(mine);
    }

    /** A nominee that sent no vote request is not nominated again and again (§4.2). */
    boolean leavesOutTheHopeless() {
        return true;
    }

    /** Votes are counted by site, not by message (§4.3). */
    int votes(int sites, int messages) {
        return sites;
    }

    /** An acknowledgement waits until the durability setting is met (§3). */
    boolean ackWaitsForStorage() {
        return true;
    }

    /** Only acknowledgements of this generation and stream count (§3). */
    boolean countsAck(boolean sameGeneration, boolean sameStream) {
        return sameGeneration && sameStream;
    }

    /** The permanent LSN moves only over records of the current generation (§3). */
    boolean mayBecomePermanent(long lsn, long generationFirstLsn) {
        return generationFirstLsn > 0 && lsn >= generationFirstLsn;
    }

    /** A client takes records only behind exactly the standing they continue (§3). */
    boolean follows(Standing last, Standing previous) {
        return last.equals(previous);
    }

    /** A message that ends before the log does is no reason to cut it (§3). */
    boolean cutsForShortMessage() {
        return false;
    }

    /** A heartbeat's permanent LSN is believed as far as the stream has proved the logs equal (§3). */
    long permanentByHeartbeat(long announcedLsn, long provedLsn, long lastLsn) {
        return Math.min(announcedLsn, provedLsn);
    }

    /** Nothing at or below the permanent LSN is undone (§5). */
    boolean mayUndo(long matchLsn, long permanentLsn) {
        return matchLsn >= permanentLsn;
    }

    /** A rollback ends at the match point (§5). */
    long undoTo(long matchLsn) {
        return matchLsn;
    }
}
