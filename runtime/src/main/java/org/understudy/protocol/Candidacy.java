package org.understudy.protocol;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.understudy.WonElection;
import org.understudy.log.Member;

/** This site's standing for one generation: whom it asked, who voted (protocol.md §4.3). */
final class Candidacy {
    private static final long NOT_BEGUN = -1;

    private final ReplicaContext context;
    private final Set<String> grants = new HashSet<>();
    private final Map<String, String> refusals = new TreeMap<>();
    private long generation;
    private int grantMessages;
    private long beganMicros = NOT_BEGUN;

    Candidacy(ReplicaContext context) {
        this.context = context;
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
    void begin(long next) {
        generation = next;
        grants.clear();
        refusals.clear();
        grants.add(context.settings.localSite());
        grantMessages = 1;
        if (beganMicros == NOT_BEGUN) {
            beganMicros = context.now;
        }
        context.saveBallot(context.ballot.voted(generation, context.ballot.incarnation()));
        for (Member member : context.otherVoters()) {
            context.peers.connected(member.name()).ifPresent(this::ask);
        }
    }

    void ask(Peer peer) {
        context.send(peer, new Message.VoteRequest(generation, context.last, context.promises.releasedGeneration()));
    }

    void granted(Peer from) {
        grants.add(from.name());
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
                .filter(member -> grants.contains(member.name()))
                .count();
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
