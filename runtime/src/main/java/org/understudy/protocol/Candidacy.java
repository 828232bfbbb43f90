package org.understudy.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.understudy.WonElection;
import org.understudy.event.PossibleLoss;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;

/** This site's standing for one generation: whom it asked, who voted (protocol.md §4.3). */
final class Candidacy {
    private static final long NOT_BEGUN = -1;

    /** Who voted, under which priority: what a group's first table is made of (protocol.md §6). */
    private record Grant(UUID incarnation, int priority) {}

    private final ReplicaContext context;
    private final Map<String, Grant> grants = new TreeMap<>();
    private final Map<String, String> refusals = new TreeMap<>();
    private long generation;
    private int grantMessages;
    private long beganMicros = NOT_BEGUN;
    private boolean lastResort;

    Candidacy(ReplicaContext context) {
        this.context = context;
    }

    /** A master by the votes of barred sites says so (protocol.md §2.3). */
    void tellPossibleLoss() {
        if (lastResort) {
            context.fire(origin -> new PossibleLoss(
                    origin,
                    "too few of the members are sure to hold what they acknowledged: this site, at " + context.last
                            + ", is the best of all, and what it does not have is lost"));
        }
    }

    long generation() {
        return generation;
    }

    /** This site canvasses the others, and may come to stand. */
    void canvassed() {
        beganMicros = context.now;
    }

    /** A master is known, or there is nothing to stand for any more. */
    void over() {
        beganMicros = NOT_BEGUN;
    }

    /** What was won, for the status. */
    WonElection won() {
        return new WonElection(
                generation,
                context.last,
                sites(),
                context.pair.votesNeeded(),
                Math.max(0, context.now - beganMicros) / 1000);
    }

    /** Votes for itself, durably, and asks the others. */
    void begin(long next, boolean asLastResort) {
        generation = next;
        lastResort = asLastResort;
        grants.clear();
        refusals.clear();
        grants.put(context.settings.localSite(), new Grant(context.ballot.incarnation(), context.settings.priority()));
        grantMessages = 1;
        if (beganMicros == NOT_BEGUN) {
            beganMicros = context.now;
        }
        context.saveBallot(context.voted(generation, context.ballot.incarnation(), context.last));
        for (Member member : context.otherVoters()) {
            context.peers.connected(member.name()).ifPresent(this::ask);
        }
    }

    void ask(Peer peer) {
        context.send(
                peer,
                new Message.VoteRequest(generation, context.last, context.promises.releasedGeneration(), lastResort));
    }

    void granted(Peer from, int priority) {
        grants.put(from.name(), new Grant(from.incarnation(), priority));
        grantMessages++;
    }

    void refused(Peer from, String reason) {
        refusals.put(from.name(), reason);
    }

    /** Who refused and why, for people. */
    String refusals() {
        return refusals.isEmpty() ? "" : "; refused by " + refusals;
    }

    /** Votes are a set of sites, never a count of messages. */
    boolean isWon() {
        return context.rules.votes(sites(), grantMessages) >= context.pair.votesNeeded();
    }

    private int sites() {
        return (int) context.members.voters().stream()
                .filter(member -> grants.containsKey(member.name()))
                .count();
    }

    /** Of a won election for which every founder has voted: the group's first whole table (protocol.md §6). */
    Optional<MemberTable> founded() {
        MemberTable table = context.members;
        return table.isFounding()
                ? Optional.of(table.founded(context.settings.terms(), this::known))
                : Optional.empty();
    }

    private Member known(Member founder) {
        Grant grant = grants.get(founder.name());
        return grant == null ? founder : founder.known(grant.incarnation(), grant.priority());
    }

    /** Whether those who have not refused, and may still answer, make no majority. */
    boolean isLost() {
        long open = context.otherVoters().stream()
                .filter(member -> !refusals.containsKey(member.name()))
                .filter(member ->
                        context.peers.isConnected(member.name()) || !context.peers.of(member.name()).unreachable)
                .count();
        return 1 + open < context.pair.votesNeeded();
    }
}
