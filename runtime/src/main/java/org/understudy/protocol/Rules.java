package org.understudy.protocol;

import java.util.Optional;
import java.util.UUID;
import org.understudy.Standing;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;

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

    /** A master whose disk stands still makes room for another (§4.3). */
    boolean givesUpWithAStalledDisk() {
        return true;
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

    /** Records of another source are taken only where they lie in the history the master answered (§5). */
    boolean takesFromPeer(boolean liesInMastersHistory) {
        return liesInMastersHistory;
    }

    /** A checkpoint is installed only if it holds what this site must keep and lies in the master's log (§5). */
    boolean mayInstall(boolean fits) {
        return fits;
    }

    /** Nothing at or below the permanent LSN is undone (§5). */
    boolean mayUndo(long matchLsn, long permanentLsn) {
        return matchLsn >= permanentLsn;
    }

    /** A vote that this site has promised not to give is not given (§4.5). */
    boolean breaksPromises() {
        return false;
    }

    /** A lease counts from the sending of the request that was answered (§4.5). */
    long leaseCountsFrom(long sentMicros, long answeredMicros) {
        return sentMicros;
    }

    /** A LATEST read is answered only after a majority has confirmed the mastership (§7). */
    boolean confirmsLatest() {
        return true;
    }

    /** A LATEST read answers only from a snapshot that is permanent (§7). */
    boolean latestWaitsForPermanence() {
        return true;
    }

    /** A snapshot and what it has to hold are both in this site's history, and the one reaches the other (§7). */
    boolean mayAnswer(boolean snapshotIsHere, boolean floorIsHere, boolean reachesFloor) {
        return snapshotIsHere && floorIsHere && reachesFloor;
    }

    /** A commit is undone for good only where a later mastership's record in its place is permanent (§3.1). */
    boolean mayCallRolledBack(long laterFirstLsn, long permanentLsn) {
        return laterFirstLsn <= permanentLsn;
    }

    /** One of a pair goes on alone only while the two have not agreed to decide together (§4.6). */
    boolean mayGoOnAlone(boolean tied) {
        return !tied;
    }

    /** A pair that isn't strict changes its number only once both have stored that they decide together (§4.6). */
    boolean tiesPairFirst() {
        return true;
    }

    /** A rollback ends at the match point (§5). */
    long undoTo(long matchLsn) {
        return matchLsn;
    }

    /** The next change of members waits until the last is permanent (§6). */
    boolean mayChangeMembers(boolean lastIsPermanent) {
        return lastIsPermanent;
    }

    /** The table in force is that of the last record the log still has (§6). */
    MemberTable tableAfterUndoing(MemberTable undone, MemberTable left) {
        return left;
    }

    /** Only voting members count: no view, and none that is still joining (§1). */
    boolean counts(Member member) {
        return member.isVoting();
    }

    /** A vote and a copy are an incarnation's, not a name's (§1). */
    boolean isSameSite(Member member, Peer peer) {
        return member.is(peer.incarnation());
    }

    /** After a vote the master of an older generation is followed no more (§4.3). */
    boolean leavesMasterForVote() {
        return true;
    }

    /** What belongs to an older generation than the highest seen is not taken (§4.3). */
    boolean takes(long generation, long highestSeen) {
        return generation >= highestSeen;
    }

    /** After promising a later generation no acknowledgement of an older one is sent (§3). */
    boolean mayAcknowledge(long generation, long highestSeen) {
        return generation == highestSeen;
    }

    /** A voter's standing includes what it has accepted and not stored yet (§1). */
    Standing voterStanding(Standing accepted, Standing stored) {
        return accepted;
    }

    /** The master's own copy counts once its own durability setting is met (§3). */
    long ownCopyLsn(long storedLsn, long lastLsn) {
        return storedLsn;
    }

    /** A checkpoint is installed when all of it is here (§5). */
    boolean installsUnfinished(long bytesDone, long bytesTotal) {
        return false;
    }

    /** A process that takes its master's site over stands in a new generation (§11). */
    long generationOfTakeover(long next, long own) {
        return next;
    }

    /** Whether a site votes is decided by the asker's table alone: one that believes it is joining answers (§1, §4.3). */
    boolean mayVote(Optional<Member> asItKnowsItself) {
        return true;
    }

    /** A site that may have lost what it acknowledged neither votes nor acknowledges (§2.3). */
    boolean mindsItsBar() {
        return true;
    }

    /** A write that is forwarded again goes by the number it had (§9). */
    boolean keepsForwardNumber() {
        return true;
    }

    /** A session is one process's, and its id was never used before (§9). */
    UUID forwardSession(UUID fresh, Peer from) {
        return fresh;
    }

    /** A forwarded write that comes again is looked for among those under way and those refused, too (§9). */
    boolean searchesForwardQueue() {
        return true;
    }
}
