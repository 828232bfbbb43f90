package org.understudy.protocol;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.understudy.SiteState;
import org.understudy.Standing;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;

/**
 * A planted bug: the protocol with one of its decisions taken wrongly. A simulator that is green with one of these proves
 * nothing when it is green without (simulation.md, Mutants).
 */
public enum Mutant {
    ACKS_BEFORE_IT_IS_STORED(new Rules() {
        @Override
        boolean ackWaitsForStorage() {
            return false;
        }
    }),
    FORGETS_ITS_VOTE_IN_A_CRASH(new Rules() {
        @Override
        boolean forcesVote() {
            return false;
        }
    }),
    VOTES_FOR_A_SHORTER_LOG(new Rules() {
        @Override
        boolean mayVoteFor(Standing mine, Standing candidate) {
            return true;
        }
    }),
    COMPARES_LSNS_WITHOUT_GENERATIONS(new Rules() {
        @Override
        boolean mayVoteFor(Standing mine, Standing candidate) {
            return candidate.lsn() >= mine.lsn();
        }
    }),
    COUNTS_A_DUPLICATED_VOTE_TWICE(new Rules() {
        @Override
        int votes(int sites, int messages) {
            return messages;
        }
    }),
    COUNTS_ACKS_OF_AN_OLDER_GENERATION(new Rules() {
        @Override
        boolean countsAck(boolean sameGeneration, boolean sameStream) {
            return true;
        }
    }),
    DECLARES_AN_OLDER_GENERATIONS_RECORD_PERMANENT_BY_COUNTING(new Rules() {
        @Override
        boolean mayBecomePermanent(long lsn, long generationFirstLsn) {
            return true;
        }
    }),
    SKIPS_THE_LOG_MATCH(new Rules() {
        @Override
        boolean follows(Standing last, Standing previous) {
            return true;
        }
    }),
    CUTS_THE_LOG_BECAUSE_A_MESSAGE_IS_SHORT(new Rules() {
        @Override
        boolean cutsForShortMessage() {
            return true;
        }
    }),
    UNDOES_BELOW_THE_PERMANENT_LSN(new Rules() {
        @Override
        long undoTo(long matchLsn) {
            return Math.max(0, matchLsn - 3);
        }
    }),
    TAKES_A_DEAD_TAIL_FROM_A_PEER(new Rules() {
        @Override
        boolean takesFromPeer(boolean liesInMastersHistory) {
            return true;
        }
    }),
    INSTALLS_A_CHECKPOINT_OLDER_THAN_WHAT_IT_ACKED(new Rules() {
        @Override
        boolean mayInstall(boolean fits) {
            return true;
        }
    }),
    TAKES_A_PERMANENT_LSN_FROM_AN_UNPROVED_HEARTBEAT(new Rules() {
        @Override
        long permanentByHeartbeat(long announcedLsn, long provedLsn, long lastLsn) {
            return Math.min(announcedLsn, lastLsn);
        }
    }),
    MAKES_TWO_MEMBERSHIP_CHANGES_AT_ONCE(new Rules() {
        @Override
        boolean mayChangeMembers(boolean lastIsPermanent) {
            return true;
        }
    }),
    KEEPS_MEMBERSHIP_FROM_AN_UNDONE_RECORD(new Rules() {
        @Override
        MemberTable tableAfterUndoing(MemberTable undone, MemberTable left) {
            return undone;
        }
    }),
    COUNTS_A_JOINING_SITE_OR_A_VIEW(new Rules() {
        @Override
        boolean counts(Member member) {
            return true;
        }
    }),
    COUNTS_A_WIPED_SITES_VOTE(new Rules() {
        @Override
        boolean isSameSite(Member member, Peer peer) {
            return member.name().equals(peer.name());
        }
    }),
    ACCEPTS_RECORDS_FROM_AN_OLD_MASTER_AFTER_VOTING(new Rules() {
        @Override
        boolean takes(long generation, long highestSeen) {
            return true;
        }

        @Override
        boolean mayAcknowledge(long generation, long highestSeen) {
            return true;
        }
    }),
    ACKS_AN_OLDER_GENERATION_FOR_A_WRITE_UNDER_WAY(new Rules() {
        @Override
        boolean leavesMasterForVote() {
            return false;
        }

        @Override
        boolean mayAcknowledge(long generation, long highestSeen) {
            return true;
        }
    }),
    VOTES_IGNORING_RECORDS_NOT_STORED_YET(new Rules() {
        @Override
        Standing voterStanding(Standing accepted, Standing stored) {
            return stored;
        }
    }),
    COUNTS_THE_MASTERS_OWN_COPY_BEFORE_IT_IS_FORCED(new Rules() {
        @Override
        long ownCopyLsn(long storedLsn, long lastLsn) {
            return lastLsn;
        }
    }),
    INSTALLS_HALF_A_CHECKPOINT(new Rules() {
        @Override
        boolean installsUnfinished(long bytesDone, long bytesTotal) {
            return bytesDone > bytesTotal / 2 && bytesDone <= bytesTotal / 2 + 50; // one piece of it, not two
        }
    }),
    GRANTS_A_VOTE_WITHIN_A_LEASE(new Rules() {
        @Override
        boolean breaksPromises() {
            return true;
        }
    }),
    COUNTS_THE_LEASE_FROM_THE_ANSWER_INSTEAD_OF_THE_REQUEST(new Rules() {
        @Override
        long leaseCountsFrom(long sentMicros, long answeredMicros) {
            return answeredMicros;
        }
    }),
    ANSWERS_A_LATEST_READ_WITHOUT_CONFIRMATION(new Rules() {
        @Override
        boolean confirmsLatest() {
            return false;
        }
    }),
    A_LATEST_ANSWERS_A_SNAPSHOT_THAT_IS_NOT_PERMANENT(new Rules() {
        @Override
        boolean latestWaitsForPermanence() {
            return false;
        }
    }),
    COMPARES_SNAPSHOTS_BY_LSN_ALONE(new Rules() {
        @Override
        boolean mayAnswer(boolean snapshotIsHere, boolean floorIsHere, boolean reachesFloor) {
            return reachesFloor;
        }
    }),
    SERVES_A_READ_BETWEEN_ROLLBACK_AND_CATCH_UP(new Rules() {
        @Override
        boolean mayAnswer(boolean snapshotIsHere, boolean floorIsHere, boolean reachesFloor) {
            return snapshotIsHere;
        }
    }),
    SAYS_ROLLED_BACK_ON_AN_UNPERMANENT_GENERATION(new Rules() {
        @Override
        boolean mayCallRolledBack(long laterFirstLsn, long permanentLsn) {
            return true;
        }
    }),
    LETS_A_PAIR_THAT_IS_NOT_STRICT_GROW_WHILE_THE_PARTNER_IS_AWAY(new Rules() {
        @Override
        boolean tiesPairFirst() {
            return false;
        }
    }),
    A_TAKEOVER_GOES_ON_IN_ITS_GENERATION(new Rules() {
        @Override
        long generationOfTakeover(long next, long own) {
            return own;
        }
    }),
    REFUSES_TO_VOTE_WHILE_IT_BELIEVES_TO_BE_JOINING(new Rules() {
        @Override
        boolean mayVote(Optional<Member> asItKnowsItself) {
            return asItKnowsItself
                    .filter(member -> member.state() == SiteState.JOINING)
                    .isEmpty();
        }
    }),
    NOMINATES_THE_SAME_HOPELESS_SITE_EACH_TIME(new Rules() {
        @Override
        boolean leavesOutTheHopeless() {
            return false;
        }
    }),
    STAYS_MASTER_WITH_A_STALLED_DISK(new Rules() {
        @Override
        boolean givesUpWithAStalledDisk() {
            return false;
        }
    }),
    VOTES_AND_ACKNOWLEDGES_WHILE_BARRED(new Rules() {
        @Override
        boolean mindsItsBar() {
            return false;
        }
    }),
    APPLIES_A_FORWARDED_WRITE_TWICE(new Rules() {
        @Override
        boolean keepsForwardNumber() {
            return false;
        }
    }),
    USES_A_SESSION_NUMBER_AGAIN_AFTER_A_RESTART(new Rules() {
        @Override
        UUID forwardSession(UUID fresh, Peer from) {
            return from.incarnation();
        }
    }),
    DOES_NOT_SEARCH_THE_QUEUE_FOR_A_FORWARDED_WRITE(new Rules() {
        @Override
        boolean searchesForwardQueue() {
            return false;
        }
    });

    private final Rules rules;

    Mutant(Rules rules) {
        this.rules = rules;
    }

    /** A replica with this bug and no other. */
    public Replica replica(ReplicaSettings settings, Recovered recovered, RandomGenerator random) {
        return new Replica(settings, recovered, random, rules);
    }

    /** Its name in words. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
