package org.understudy.protocol;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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
    private final Canvass canvass;
    private final Candidacy candidacy;

    /** Nominees that sent no vote request in time, until a master was known (protocol.md §4.2). */
    private final Set<String> hopeless = new HashSet<>();

    private Stage stage = Stage.IDLE;
    private long deadline = Long.MAX_VALUE;
    private long seenGeneration;

    /** The same for every canvass until an election fails: two canvassers must rank this site alike. */
    private long tiebreaker;

    private String nominee = "";
    private boolean announced;
    private long held;
    private long won;

    Elections(ReplicaContext context, Duties duties) {
        this.context = context;
        this.duties = duties;
        this.canvass = new Canvass(context);
        this.candidacy = new Candidacy(context);
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
        announced = false;
        stage = Stage.CANVASSING;
        deadline = context.now + context.settings.times().electionTimeoutMicros();
        canvass.begin(myself());
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

    /** A member connected: ask it what is being asked, or try anew if it makes a majority. */
    void connected(Peer peer) {
        boolean voter = context.memberOf(peer).filter(Member::isVoting).isPresent();
        if (!voter) {
            return;
        }
        if (stage == Stage.CANVASSING) {
            canvass.ask(peer);
        } else if (stage == Stage.STANDING) {
            candidacy.ask(peer);
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
        if (stage != Stage.CANVASSING || !canvass.isAnsweredBy(answer)) {
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
        canvass.take(from, answer);
        evaluate(false);
    }

    private void evaluate(boolean timedOut) {
        if (!canvass.isComplete() && !timedOut) {
            return;
        }
        int answered = canvass.answered();
        if (answered < context.members.majority()) {
            fail("only " + answered + " of " + context.members.voters().size() + " voting sites answered, "
                    + context.members.majority() + " are needed");
            return;
        }
        announce();
        Optional<Candidate> best = canvass.best(candidate -> !hopeless.contains(candidate.name()));
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
        stage = Stage.STANDING;
        deadline = context.now + context.settings.times().electionTimeoutMicros();
        candidacy.begin(Math.max(seenGeneration, context.generation()) + 1);
        countVotes();
    }

    void onVoteAnswer(Peer from, Message.VoteAnswer answer) {
        boolean mine = stage == Stage.STANDING && answer.generation() == candidacy.generation();
        boolean counts = context.memberOf(from).filter(Member::isVoting).isPresent();
        if (mine && counts && answer.granted()) {
            candidacy.granted(from);
            countVotes();
            return;
        }
        if (answer.highestGeneration() > context.generation() && context.mayDepose(from)) {
            seenGeneration = Math.max(seenGeneration, answer.highestGeneration());
        }
        if (mine && counts) {
            candidacy.refused(from);
            giveUpIfHopeless();
        }
    }

    private void countVotes() {
        if (candidacy.isWon()) {
            cease(true);
            won++;
            duties.becomeMaster(candidacy.generation());
        }
    }

    private void giveUpIfHopeless() {
        if (candidacy.isLost()) {
            fail("too few votes for generation " + candidacy.generation());
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
            case STANDING -> fail("no majority of votes for generation " + candidacy.generation() + " in time");
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
