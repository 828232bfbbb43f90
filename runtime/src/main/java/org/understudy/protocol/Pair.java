package org.understudy.protocol;

import org.understudy.log.Member;
import org.understudy.log.MemberTable;

/** What a site of two that are not strict may do while the other is away (protocol.md §4.6). */
final class Pair {
    private final ReplicaContext context;

    /** Was master, or streamed when the connection broke, and has given way to nobody since. */
    private boolean upToDate;

    /** The application has said that it may go on alone. */
    private boolean told;

    Pair(ReplicaContext context) {
        this.context = context;
    }

    /** Whether this group is such a pair; without a majority its master stays master. */
    boolean isLoose() {
        return context.isLoosePair();
    }

    void becameMaster() {
        upToDate = true;
    }

    void lostMaster(boolean streaming) {
        upToDate = streaming;
    }

    /** Another master is, or may be: this site follows it, has voted for it, or knows of its generation. */
    void gaveWay() {
        upToDate = false;
        told = false;
    }

    /** The application asks for an election: one that started alone waits for the other or for this. */
    void told() {
        told = true;
    }

    /** How many votes make this site master. */
    int votesNeeded() {
        return mayGoOnAlone() ? 1 : context.members.majority();
    }

    /** Whether this site and those it is connected to are as many. */
    boolean reachesVotesNeeded() {
        long reachable = 1
                + context.otherVoters().stream()
                        .filter(member -> context.peers.isConnected(member.name()))
                        .count();
        return reachable >= votesNeeded();
    }

    /** Not before the table that makes two of them is permanent: before, a third may still be asked. */
    private boolean mayGoOnAlone() {
        boolean known = context.membersLsn <= context.permanentLsn;
        return isLoose()
                && context.isVoter()
                && context.rules.mayGoOnAlone(context.members.tied())
                && ((upToDate && known) || (told && (known || context.isTableRecovered())))
                && context.otherVoters().stream().noneMatch(other -> context.peers.isConnected(other.name()));
    }

    /** The lower site id takes odd generations, the higher even, so that the two never share one. */
    long generationAfter(long highest) {
        if (isPartnerGivenUp()) {
            return ForcedMastership.forced(
                    highest, context.me().map(Member::siteId).orElseThrow());
        }
        long next = highest + 1;
        if (!isLoose() || !context.isVoter()) {
            return next;
        }
        int mine = context.me().map(Member::siteId).orElseThrow();
        boolean isLower = context.otherVoters().stream().allMatch(other -> mine < other.siteId());
        boolean isOdd = next % 2 == 1;
        return isOdd == isLower ? next : next + 1;
    }

    /**
     * Whether no generation has begun since one of two was taken out, maybe by the operator's word: that one may have been
     * master on its own meanwhile, in any of the generations that come next, and commits go by their numbers.
     */
    private boolean isPartnerGivenUp() {
        MemberTable table = context.members;
        return !table.terms().twoSiteStrict()
                && !table.removed().isEmpty()
                && table.voters().size() <= 2
                && context.me().isPresent()
                && context.history
                        .last()
                        .filter(last -> last.firstLsn() < context.membersLsn)
                        .isPresent();
    }
}
