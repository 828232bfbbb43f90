package org.understudy.protocol;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.understudy.log.Member;

/** This site's standing for one generation: whom it asked, who voted (protocol.md §4.3). */
final class Candidacy {
    private final ReplicaContext context;
    private final Set<String> grants = new HashSet<>();
    private final Map<String, String> refusals = new TreeMap<>();
    private long generation;
    private int grantMessages;

    Candidacy(ReplicaContext context) {
        this.context = context;
    }

    long generation() {
        return generation;
    }

    /** Votes for itself, durably, and asks the others. */
    void begin(long next) {
        generation = next;
        grants.clear();
        refusals.clear();
        grants.add(context.settings.localSite());
        grantMessages = 1;
        context.saveBallot(context.ballot.voted(generation, context.ballot.incarnation()));
        for (Member member : context.otherVoters()) {
            context.peers.connected(member.name()).ifPresent(this::ask);
        }
    }

    void ask(Peer peer) {
        context.send(peer, new Message.VoteRequest(generation, context.last));
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
        int sites = (int) context.members.voters().stream()
                .filter(member -> grants.contains(member.name()))
                .count();
        return context.rules.votes(sites, grantMessages) >= context.members.majority();
    }

    /** Whether those who have not refused, and may still answer, make no majority. */
    boolean isLost() {
        long open = context.otherVoters().stream()
                .filter(member -> !refusals.containsKey(member.name()))
                .filter(member ->
                        context.peers.isConnected(member.name()) || !context.peers.of(member.name()).unreachable)
                .count();
        return 1 + open < context.members.majority();
    }
}
