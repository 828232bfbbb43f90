package org.understudy.protocol;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.understudy.Role;
import org.understudy.event.ElectionFailed;
import org.understudy.event.ElectionStarted;
import org.understudy.log.Member;

/** Finds a master where none is known: canvass, nomination, candidacy (protocol.md §4.2, §4.3). */
final class Elections {
    private enum Stage {
        IDLE,
        CANVASSING,
        NOMINATED_OTHER,
        STANDING,
        WAITING
    }

    private final ReplicaContext context;
    private final Duties duties;
    private final Map<String, Candidate> answers = new TreeMap<>();
    private final Set<String> grants = new HashSet<>();
    private final Set<String> refusals = new HashSet<>();

    /** Nominees that sent no vote request in time, until a master was known (protocol.md §4.2). */
    private final Set<String> hopeless = new HashSet<>();

    private Stage stage = Stage.IDLE;
    private long deadline = Long.MAX_VALUE;
    private long round;
    private long seenGeneration;
    private long candidacy;

    /** The same for every canvass until an election fails: two canvassers must rank this site alike. */
    private long tiebreaker;

    private int grantMessages;
    private String nominee = "";
    private boolean announced;
    private long held;
    private long won;

    Elections(ReplicaContext context, Duties duties) {
        this.context = context;
        this.duties = duties;
        this.tiebreaker = context.random.nextLong();
    }

    long held() {
        return held;
    }

    long won() {
        return won;
    }

    long deadline() {
        return deadline;
    }

    /** Ends whatever runs; a master is known if {@code found}. */
    void cease(boolean found) {
        stage = Stage.IDLE;
        deadline = Long.MAX_VALUE;
        if (found) {
            hopeless.clear();
        }
    }

    /** Waits so long for others to bring a master about, then canvasses. */
    void waitThenCanvass(long micros) {
        stage = Stage.WAITING;
        deadline = context.now + micros;
    }

    /** Looks for a master at once. */
    void canvass() {
        if (!mayCanvass()) {
            return;
        }
        if (context.isSoleVoter()) {
            stand();
            return;
        }
        held++;
        round++;
        announced = false;
        answers.clear();
        stage = Stage.CANVASSING;
        deadline = context.now + context.settings.times().electionTimeoutMicros();
        answers.put(context.settings.localSite(), myself());
        for (Member member : context.otherVoters()) {
            canvass(member);
        }
        evaluate(false);
    }

    /** A priority-0 site canvasses too and nominates another; views, joining and barred sites never do. */
    private boolean mayCanvass() {
        return context.role == Role.CLIENT
                && context.failure.isEmpty()
                && context.isVoter()
                && context.barred().isEmpty()
                && !duties.hearsMaster();
    }

    private boolean canStand() {
        return context.me().filter(Member::isElectable).isPresent()
                && context.role == Role.CLIENT
                && context.failure.isEmpty()
                && context.barred().isEmpty()
                && !duties.isRebuilding();
    }

    private Candidate myself() {
        int priority = context.me().map(Member::priority).orElse(0);
        return new Candidate(context.settings.localSite(), context.last, priority, tiebreaker, canStand());
    }

    private void canvass(Member member) {
        Optional<Peer> peer = context.peers.connected(member.name());
        if (peer.isPresent()) {
            context.send(peer.get(), new Message.CanvassRequest(round, context.generation()));
        } else if (!context.peers.of(member.name()).unreachable) {
            context.emit(new Effect.ConnectNow(member.name()));
        }
    }

    /** A member connected: ask it what is being asked, or try anew if it makes a majority. */
    void connected(Peer peer) {
        boolean voter = context.memberOf(peer).filter(Member::isVoting).isPresent();
        if (!voter) {
            return;
        }
        if (stage == Stage.CANVASSING) {
            context.send(peer, new Message.CanvassRequest(round, context.generation()));
        } else if (stage == Stage.STANDING) {
            context.send(peer, new Message.VoteRequest(candidacy, context.last));
        } else if (stage == Stage.WAITING && reachable() >= context.members.majority()) {
            deadline = context.now;
        }
    }

    /** A member can't be connected to, or is lost: it answers nothing now. */
    void unreachable(String site) {
        if (stage == Stage.CANVASSING) {
            evaluate(false);
        } else if (stage == Stage.STANDING) {
            giveUpIfHopeless();
        }
    }

    void lost(String site) {
        if (stage == Stage.CANVASSING && context.members.byName(site).isPresent()) {
            context.emit(new Effect.ConnectNow(site));
        }
    }

    private long reachable() {
        return 1
                + context.otherVoters().stream()
                        .filter(member -> context.peers.isConnected(member.name()))
                        .count();
    }

    void onCanvassRequest(Peer from, Message.CanvassRequest request) {
        CanvassReply reply = new CanvassReply(request.round());
        if (duties.hearsMaster()) {
            context.send(from, reply.masterAlive(duties.masterName()));
        } else {
            Candidate me = myself();
            boolean stands = me.electable() && reachable() >= context.members.majority();
            context.send(from, reply.standing(me, stands));
        }
    }

    /** Builds the answers to one canvass. */
    private final class CanvassReply {
        private final long of;

        CanvassReply(long of) {
            this.of = of;
        }

        Message masterAlive(String master) {
            return new Message.CanvassAnswer(
                    of, Message.CanvassKind.MASTER_ALIVE, context.generation(), context.last, 0, 0, master);
        }

        Message standing(Candidate me, boolean stands) {
            Message.CanvassKind kind = stands ? Message.CanvassKind.STANDING : Message.CanvassKind.CANNOT_STAND;
            return new Message.CanvassAnswer(
                    of, kind, context.generation(), me.standing(), me.priority(), me.tiebreaker(), "");
        }
    }

    void onCanvassAnswer(Peer from, Message.CanvassAnswer answer) {
        seenGeneration = Math.max(seenGeneration, answer.generation());
        if (stage != Stage.CANVASSING || answer.round() != round) {
            return;
        }
        if (answer.kind() == Message.CanvassKind.MASTER_ALIVE) {
            waitThenCanvass(context.settings.times().electionRetryMicros());
            if (!answer.master().equals(context.settings.localSite())
                    && !context.peers.isConnected(answer.master())
                    && context.members.byName(answer.master()).isPresent()) {
                context.emit(new Effect.ConnectNow(answer.master()));
            }
            return;
        }
        boolean electable = answer.kind() == Message.CanvassKind.STANDING;
        answers.put(
                from.name(),
                new Candidate(from.name(), answer.standing(), answer.priority(), answer.tiebreaker(), electable));
        evaluate(false);
    }

    private void evaluate(boolean timedOut) {
        boolean complete = context.otherVoters().stream()
                .allMatch(member -> answers.containsKey(member.name())
                        || (!context.peers.isConnected(member.name()) && context.peers.of(member.name()).unreachable));
        if (!complete && !timedOut) {
            return;
        }
        long answered = context.members.voters().stream()
                .filter(member -> answers.containsKey(member.name()))
                .count();
        if (answered < context.members.majority()) {
            fail("only " + answered + " of " + context.members.voters().size() + " voting sites answered, "
                    + context.members.majority() + " are needed");
            return;
        }
        announce();
        Optional<Candidate> best = answers.values().stream()
                .filter(Candidate::electable)
                .filter(candidate -> !hopeless.contains(candidate.name()))
                .max(Candidate::compareTo);
        if (best.isEmpty()) {
            hopeless.clear();
            fail("no site that answered can be elected");
        } else if (best.get().name().equals(context.settings.localSite())) {
            stand();
        } else {
            nominate(best.get().name());
        }
    }

    private void announce() {
        if (!announced) {
            announced = true;
            context.fire(ElectionStarted::new);
        }
    }

    private void nominate(String site) {
        nominee = site;
        stage = Stage.NOMINATED_OTHER;
        deadline = context.now + context.settings.times().electionTimeoutMicros();
        context.peers
                .connected(site)
                .ifPresent(peer ->
                        context.send(peer, new Message.Nominate(Math.max(seenGeneration, context.generation()))));
    }

    void onNominate(Peer from, Message.Nominate nomination) {
        boolean stale = nomination.generation() < context.generation();
        if (!stale && stage != Stage.STANDING && canStand() && !duties.hearsMaster()) {
            announce();
            stand();
        }
    }

    /** A handover's order: the master has given up its role, so no canvass is needed (protocol.md §4.4). */
    void standNow() {
        if (canStand()) {
            announced = false;
            announce();
            stand();
        }
    }

    private void stand() {
        if (!canStand()) {
            fail("this site can't be master now");
            return;
        }
        duties.leaveMaster("this site stands for election");
        candidacy = Math.max(seenGeneration, context.generation()) + 1;
        grants.clear();
        refusals.clear();
        grants.add(context.settings.localSite());
        grantMessages = 1;
        stage = Stage.STANDING;
        deadline = context.now + context.settings.times().electionTimeoutMicros();
        context.saveBallot(context.ballot.voted(candidacy, context.ballot.incarnation()));
        for (Member member : context.otherVoters()) {
            context.peers
                    .connected(member.name())
                    .ifPresent(peer -> context.send(peer, new Message.VoteRequest(candidacy, context.last)));
        }
        countVotes();
    }

    void onVoteAnswer(Peer from, Message.VoteAnswer answer) {
        boolean mine = stage == Stage.STANDING && answer.generation() == candidacy;
        boolean counts = context.memberOf(from).filter(Member::isVoting).isPresent();
        if (mine && counts && answer.granted()) {
            grants.add(from.name());
            grantMessages++;
            countVotes();
            return;
        }
        if (answer.highestGeneration() > context.generation() && context.mayDepose(from)) {
            seenGeneration = Math.max(seenGeneration, answer.highestGeneration());
        }
        if (mine && counts) {
            refusals.add(from.name());
            giveUpIfHopeless();
        }
    }

    private void countVotes() {
        int sites = (int) context.members.voters().stream()
                .filter(member -> grants.contains(member.name()))
                .count();
        if (context.rules.votes(sites, grantMessages) >= context.members.majority()) {
            cease(true);
            won++;
            duties.becomeMaster(candidacy);
        }
    }

    private void giveUpIfHopeless() {
        long open = context.otherVoters().stream()
                .filter(member -> !refusals.contains(member.name()))
                .filter(member ->
                        context.peers.isConnected(member.name()) || !context.peers.of(member.name()).unreachable)
                .count();
        if (1 + open < context.members.majority()) {
            fail("too few votes for generation " + candidacy);
        }
    }

    /** A vote request came from this site: it is not hopeless. */
    void heardFromNominee(Peer from) {
        if (stage == Stage.NOMINATED_OTHER && nominee.equals(from.name())) {
            nominee = "";
        }
    }

    private void fail(String reason) {
        announce();
        tiebreaker = context.random.nextLong();
        context.fire(origin -> new ElectionFailed(origin, reason));
        long retry = context.settings.times().electionRetryMicros();
        waitThenCanvass(retry / 2 + context.random.nextLong(Math.max(1, retry)));
    }

    void tick() {
        if (context.now < deadline) {
            return;
        }
        switch (stage) {
            case CANVASSING -> evaluate(true);
            case STANDING -> fail("no majority of votes for generation " + candidacy + " in time");
            case NOMINATED_OTHER -> {
                if (!nominee.isEmpty()) {
                    hopeless.add(nominee);
                }
                cease(false);
                canvassOrWait();
            }
            case WAITING -> {
                cease(false);
                canvassOrWait();
            }
            default -> deadline = Long.MAX_VALUE;
        }
    }

    /** Canvasses, or looks again later when this site may not for a reason that can pass. */
    private void canvassOrWait() {
        if (mayCanvass()) {
            canvass();
        } else if (context.role == Role.CLIENT && context.failure.isEmpty() && !duties.hearsMaster()) {
            waitThenCanvass(context.settings.times().electionRetryMicros());
        }
    }
}
