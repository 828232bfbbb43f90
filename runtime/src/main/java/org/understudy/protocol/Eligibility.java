package org.understudy.protocol;

import org.understudy.Role;
import org.understudy.log.Member;

/** Whether this site may look for a master or be one now, and how it ranks (protocol.md §4.2). */
final class Eligibility {
    private final ReplicaContext context;
    private final Duties duties;

    /** The same for every canvass until an election fails: two canvassers must rank this site alike. */
    private long tiebreaker;

    Eligibility(ReplicaContext context, Duties duties) {
        this.context = context;
        this.duties = duties;
        drawTiebreaker();
    }

    void drawTiebreaker() {
        tiebreaker = context.random.nextLong();
    }

    /** A priority-0 site canvasses too and nominates another; views, joining and barred sites never do. */
    boolean mayCanvass() {
        return context.role == Role.CLIENT
                && context.failure.isEmpty()
                && context.isVoter()
                && context.barred().isEmpty()
                && !duties.hearsMaster();
    }

    boolean canStand() {
        return context.me().filter(Member::isElectable).isPresent()
                && !context.settings.view()
                && context.role == Role.CLIENT
                && context.failure.isEmpty()
                && context.barred().isEmpty()
                && !context.stalled
                && !duties.isRebuilding();
    }

    Candidate myself() {
        int priority = context.me().map(Member::priority).orElse(0);
        return new Candidate(context.settings.localSite(), context.last, priority, tiebreaker, canStand());
    }

    /** Whether this site and those it is connected to make a majority. */
    boolean reachesMajority() {
        long reachable = 1
                + context.otherVoters().stream()
                        .filter(member -> context.peers.isConnected(member.name()))
                        .count();
        return reachable >= context.pair.votesNeeded();
    }
}
