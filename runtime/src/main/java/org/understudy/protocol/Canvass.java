package org.understudy.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.understudy.Standing;
import org.understudy.log.Member;

/** One round of asking every voting member how it would stand in an election (protocol.md §4.2). */
final class Canvass {
    private final ReplicaContext context;
    private final Map<String, Candidate> answers = new TreeMap<>();
    private final Set<String> barred = new TreeSet<>();
    private long round;
    private long begunAtMicros;

    /** Whether somebody here has known a master since its own start. */
    private boolean warm;

    Canvass(ReplicaContext context) {
        this.context = context;
    }

    /** Asks everybody anew; this site has answered. For how many microseconds to wait. */
    long begin(Candidate myself, boolean knewMaster) {
        round++;
        begunAtMicros = context.now;
        warm = knewMaster;
        answers.clear();
        barred.clear();
        answers.put(myself.name(), myself);
        if (context.barred().isPresent()) {
            barred.add(myself.name());
        }
        for (Member member : context.otherVoters()) {
            Optional<Peer> peer = context.peers.connected(member.name());
            if (peer.isPresent()) {
                ask(peer.get());
            } else if (!context.peers.of(member.name()).unreachable) {
                context.emit(new Effect.ConnectNow(member.name()));
            }
        }
        return endMicros() - begunAtMicros;
    }

    /** When to wait no longer: a cold group is given more time to come together (protocol.md §4.2). */
    long endMicros() {
        ReplicaTimes times = context.settings.times();
        return begunAtMicros + (isFull() ? times.fullElectionTimeoutMicros() : times.electionTimeoutMicros());
    }

    private boolean isFull() {
        return !warm && context.settings.times().fullElectionTimeoutMicros() > 0;
    }

    void ask(Peer peer) {
        context.send(peer, new Message.CanvassRequest(round, context.generation()));
    }

    boolean isAnsweredBy(Message.CanvassAnswer answer) {
        return answer.round() == round;
    }

    /** Whether a member hears a master, which is called at once if it isn't connected here, or is about to be one. */
    boolean isEndedBy(Message.CanvassAnswer answer) {
        boolean masterAlive = answer.kind() == Message.CanvassKind.MASTER_ALIVE;
        if (masterAlive
                && !answer.master().equals(context.settings.localSite())
                && !context.peers.isConnected(answer.master())
                && context.members.byName(answer.master()).isPresent()) {
            context.emit(new Effect.ConnectNow(answer.master()));
        }
        return masterAlive || answer.kind() == Message.CanvassKind.PREPARING;
    }

    void take(Peer from, Message.CanvassAnswer answer) {
        if (!context.counts(from)) {
            return; // the name of a voter, but not that site: its vote would not count either
        }
        warm = warm || answer.knewMaster();
        if (answer.kind() == Message.CanvassKind.BARRED) {
            barred.add(from.name());
        }
        boolean electable = answer.kind() == Message.CanvassKind.STANDING;
        answers.put(
                from.name(),
                new Candidate(from.name(), answer.standing(), answer.priority(), answer.tiebreaker(), electable));
    }

    /** Whether every member has answered or can't be connected to; a cold group waits for those too. */
    boolean isComplete() {
        return context.otherVoters().stream()
                .allMatch(member -> answers.containsKey(member.name())
                        || (!isFull()
                                && !context.peers.isConnected(member.name())
                                && context.peers.of(member.name()).unreachable));
    }

    /** How many of the voting members have answered, this site among them. */
    int answered() {
        return (int) context.members.voters().stream()
                .filter(member -> answers.containsKey(member.name()))
                .count();
    }

    /** Whether all members have answered and too few of them may vote (protocol.md §2.3). */
    boolean isLastResort() {
        int voters = context.members.voters().size();
        return !barred.isEmpty() && answered() == voters && voters - barred.size() < context.pair.votesNeeded();
    }

    /** The best of all who are fit, the barred ones included. */
    Optional<Candidate> bestOfLastResort(Predicate<Candidate> allowed) {
        return answers.values().stream()
                .filter(candidate ->
                        candidate.electable() || barred.contains(candidate.name()) && candidate.priority() > 0)
                .filter(allowed)
                .max(Candidate::compareTo);
    }

    /** Who knows most, and more than this standing; those left out don't count. */
    Optional<Candidate> knowingMore(Standing than, Set<String> leftOut) {
        return answers.values().stream()
                .filter(candidate -> candidate.standing().compareTo(than) > 0)
                .filter(candidate -> !leftOut.contains(candidate.name()))
                .max(Candidate::compareTo);
    }

    /** The best of those who can be elected and may be, as the caller sees it. */
    Optional<Candidate> best(Predicate<Candidate> allowed) {
        return answers.values().stream()
                .filter(Candidate::electable)
                .filter(allowed)
                .max(Candidate::compareTo);
    }
}
