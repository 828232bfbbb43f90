package org.understudy.protocol;

import java.util.Optional;
import java.util.function.Predicate;
import org.understudy.Role;
import org.understudy.event.ElectionFailed;
import org.understudy.log.Member;

/** Finds a master where none is known: canvass, nomination, candidacy (protocol.md §4.2, §4.3). */
final class Elections {
    private enum Stage {
        IDLE,
        CANVASSING,
        NOMINATED_OTHER,
        PREPARING,
        STANDING,
        WAITING,
        /** The lost master's site has other processes, and one of them may take over (protocol.md §11). */
        LEAVING_TIME
    }

    private final ReplicaContext context;
    private final Duties duties;
    private final Canvass canvass;
    private final Candidacy candidacy;
    private final Preparation preparation;
    private final Nominations nominations;
    private final Eligibility eligibility;
    private final ElectionReport report;
    private Stage stage = Stage.IDLE;
    private long deadline = Long.MAX_VALUE;
    private long seenGeneration;
    private String leftTimeTo = "";

    /** Whether a master has been known since this process began. */
    private boolean knewMaster;

    Elections(ReplicaContext context, Duties duties, ClientRole client) {
        this.context = context;
        this.duties = duties;
        this.report = new ElectionReport(context);
        this.canvass = new Canvass(context);
        this.candidacy = new Candidacy(context);
        this.preparation = new Preparation(context, client, this::preparationEnded);
        this.nominations = new Nominations(context);
        this.eligibility = new Eligibility(context, duties);
    }

    Preparation preparation() {
        return preparation;
    }

    /** What became of the elections so far. */
    ElectionReport report() {
        return report;
    }

    long deadline() {
        return Math.min(deadline, preparation.deadline());
    }

    /** Ends whatever runs; a master is known if {@code found}. */
    void cease(boolean found) {
        enter(Stage.IDLE, Long.MAX_VALUE);
        if (found) {
            knewMaster = true;
            nominations.forget();
            candidacy.over();
        }
    }

    /** Waits so long for others to bring a master about, then canvasses; not where the application decides when. */
    void waitThenCanvass(long micros) {
        if (!context.settings.elections()) {
            cease(false);
            return;
        }
        enter(Stage.WAITING, micros);
    }

    /** The master is lost: looks for another at once, unless the application decides when. */
    void seek() {
        if (context.settings.elections()) {
            canvass();
        }
    }

    /** Leaves the lost master's site time to be taken over, unless the application decides when. */
    void leaveTimeTo(String master) {
        if (context.settings.elections()) {
            leftTimeTo = master;
            enter(Stage.LEAVING_TIME, context.settings.times().takeoverGraceMicros());
        }
    }

    /** Looks for a master at once; the application may ask for it, whatever {@code elections} says. */
    void canvass() {
        if (!eligibility.mayCanvass() || isBound()) {
            return;
        }
        if (context.isSoleVoter()) {
            stand(context.barred().isPresent());
            return;
        }
        report.held();
        candidacy.canvassed();
        report.begin(false);
        enter(Stage.CANVASSING, canvass.begin(eligibility.myself(), knewMaster));
        evaluate(false);
    }

    private void enter(Stage next, long forMicros) {
        if (stage == Stage.PREPARING) {
            preparation.cease();
        }
        stage = next;
        deadline = forMicros == Long.MAX_VALUE ? Long.MAX_VALUE : context.now + forMicros;
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
        } else if (stage == Stage.PREPARING) {
            preparation.connected(peer);
        } else if (stage == Stage.WAITING && eligibility.reachesMajority()) {
            deadline = context.now;
        }
    }

    /** A member can't be connected to, or is lost: it answers nothing now. */
    void unreachable(String site) {
        if (stage == Stage.CANVASSING) {
            evaluate(false);
        } else if (stage == Stage.STANDING) {
            giveUpIfHopeless();
        } else if (stage == Stage.PREPARING) {
            preparation.unreachable(site);
        }
    }

    void lost(String site) {
        if (stage == Stage.CANVASSING && context.members.byName(site).isPresent()) {
            context.emit(new Effect.ConnectNow(site));
        }
    }

    /** What this site answers to a canvass. */
    Message.CanvassAnswer answer(long round) {
        boolean leftOut = nominations.isLeftOut(context.settings.localSite());
        String awaited = stage == Stage.LEAVING_TIME ? leftTimeTo : "";
        return eligibility.answer(round, stage == Stage.PREPARING, leftOut, knewMaster, awaited);
    }

    void onCanvassAnswer(Peer from, Message.CanvassAnswer answer) {
        seenGeneration = Math.max(seenGeneration, answer.generation());
        if (stage != Stage.CANVASSING || !canvass.isAnsweredBy(answer)) {
            return;
        }
        if (canvass.isEndedBy(answer)) {
            waitThenCanvass(context.settings.times().electionRetryMicros());
            return;
        }
        canvass.take(from, answer);
        deadline = canvass.endMicros();
        evaluate(false);
    }

    private void evaluate(boolean timedOut) {
        if (!canvass.isComplete() && !timedOut) {
            return;
        }
        int answered = canvass.answered();
        if (answered < context.pair.votesNeeded()) {
            fail("only " + answered + " of " + context.members.voters().size() + " voting sites answered, "
                    + context.pair.votesNeeded() + " are needed");
            return;
        }
        boolean lastResort = canvass.isLastResort();
        if (!lastResort && context.barred().isPresent()) {
            waitThenCanvass(context.settings.times().electionRetryMicros());
            return;
        }
        report.announce();
        Predicate<Candidate> allowed = candidate -> !nominations.isLeftOut(candidate.name());
        Optional<Candidate> best = lastResort ? canvass.bestOfLastResort(allowed) : canvass.best(allowed);
        if (best.isEmpty()) {
            nominations.forget();
            fail("no site that answered can be elected");
        } else {
            String source = canvass.knowingMore(best.get().standing(), nominations.exhausted())
                    .map(Candidate::name)
                    .orElse("");
            nominate(best.get().name(), source, lastResort);
        }
    }

    private void nominate(String site, String source, boolean lastResort) {
        if (site.equals(context.settings.localSite())) {
            standPrepared(source, lastResort);
            return;
        }
        enter(Stage.NOMINATED_OTHER, context.settings.times().electionTimeoutMicros());
        nominations.nominate(site, Math.max(seenGeneration, context.generation()), source, lastResort);
    }

    void onNominate(Peer from, Message.Nominate nomination) {
        boolean stale = nomination.generation() < context.generation();
        boolean busy = stage == Stage.STANDING || stage == Stage.PREPARING;
        if (stale || busy || !eligibility.canStand(nomination.lastResort()) || duties.hearsMaster()) {
            return;
        }
        if (nominations.haveMisled() && !nomination.lastResort()) {
            if (stage != Stage.CANVASSING) {
                canvass();
            }
        } else {
            report.announce();
            standPrepared(nomination.source(), nomination.lastResort());
        }
    }

    /** Stands once it knows what the source knows, if one is named that was not tried in vain; its own table may be too old to have it. */
    private void standPrepared(String source, boolean lastResort) {
        boolean known = context.members.byName(source).isPresent() || context.peers.isConnected(source);
        boolean lacks = known
                && !source.equals(context.settings.localSite())
                && !nominations.exhausted().contains(source);
        if (lacks) {
            enter(Stage.PREPARING, Long.MAX_VALUE);
            preparation.begin(source);
        } else {
            stand(lastResort);
        }
    }

    /** With what it lacked, or knowing that it can't have it, the nominee canvasses anew (protocol.md §4.2). */
    private void preparationEnded() {
        if (stage != Stage.PREPARING) {
            return;
        }
        if (preparation.state() == Preparation.State.FAILED) {
            nominations.exhaust(preparation.source());
            String reason =
                    "what site " + preparation.source() + " knows could not be fetched: " + preparation.obstacle();
            context.fire(origin -> new ElectionFailed(origin, reason));
        }
        canvassOrWait();
    }

    /** A handover's order: the master has given up its role, so no canvass is needed (protocol.md §4.4). */
    void standNow() {
        if (eligibility.canStand(false)) {
            report.begin(false);
            report.announce();
            stand(false);
        }
    }

    /** The application appoints this site: it stands at once. */
    void appoint() {
        report.begin(true);
        context.pair.told();
        stand(false);
    }

    /** This site's process has taken over from its master's, and asks for no canvass either (protocol.md §11). */
    void takeOver() {
        if (eligibility.canStand(false)) {
            report.begin(true);
            stand(false, context.rules.generationOfTakeover(nextGeneration(), context.generation()));
        }
    }

    boolean isUnderWay() {
        return stage != Stage.IDLE;
    }

    boolean isStanding() {
        return stage == Stage.STANDING;
    }

    /** A promise binds its giver too: until it ends, there is no use in asking others (protocol.md §4.5). */
    private boolean isBound() {
        long remaining = context.promises.remainingMicros();
        if (remaining > 0) {
            waitThenCanvass(remaining);
        }
        return remaining > 0;
    }

    private long nextGeneration() {
        return context.pair.generationAfter(Math.max(seenGeneration, context.generation()));
    }

    private void stand(boolean lastResort) {
        stand(lastResort, nextGeneration());
    }

    private void stand(boolean lastResort, long generation) {
        if (!eligibility.canStand(lastResort)) {
            fail("this site can't be master now");
            return;
        }
        long bound = context.promises.remainingMicros();
        if (bound > 0) {
            fail("this site has promised its vote to another master for " + bound / 1000 + " ms yet");
            return;
        }
        duties.leaveMaster("this site stands for election");
        enter(Stage.STANDING, context.settings.times().electionTimeoutMicros());
        candidacy.begin(generation, lastResort);
        countVotes();
    }

    void onVoteAnswer(Peer from, Message.VoteAnswer answer) {
        boolean mine = stage == Stage.STANDING && answer.generation() == candidacy.generation();
        boolean counts = context.counts(from);
        if (mine && counts && answer.granted()) {
            candidacy.granted(from, answer.priority());
            countVotes();
            return;
        }
        if (answer.highestGeneration() > context.generation() && context.mayDepose(from)) {
            seenGeneration = Math.max(seenGeneration, answer.highestGeneration());
        }
        if (mine && counts) {
            candidacy.refused(from, answer.reason());
            giveUpIfHopeless();
        }
    }

    private void countVotes() {
        if (candidacy.isWon()) {
            eligibility.hindrance(candidacy.generation()).ifPresentOrElse(this::fail, this::win);
        }
    }

    private void win() {
        report.won(candidacy.won());
        cease(true);
        candidacy.tellPossibleLoss();
        duties.becomeMaster(candidacy.generation(), candidacy.founded());
    }

    private void giveUpIfHopeless() {
        if (candidacy.isLost()) {
            fail("too few votes for generation " + candidacy.generation() + candidacy.refusals());
        }
    }

    void heardFromNominee(Peer from) {
        nominations.heardFrom(from);
    }

    private void fail(String reason) {
        report.announce();
        if (stage == Stage.STANDING) {
            nominations.lost();
        }
        eligibility.drawTiebreaker();
        report.failed(reason);
        long retry = context.settings.times().electionRetryMicros();
        waitThenCanvass(retry / 2 + context.random.nextLong(Math.max(1, retry)));
    }

    void tick() {
        preparation.tick();
        if (context.now < deadline) {
            return;
        }
        switch (stage) {
            case CANVASSING -> evaluate(true);
            case STANDING -> fail("no majority of votes for generation " + candidacy.generation() + " in time");
            case NOMINATED_OTHER -> {
                nominations.timedOut();
                canvassOrWait();
            }
            case WAITING, LEAVING_TIME -> canvassOrWait();
            default -> deadline = Long.MAX_VALUE;
        }
    }

    /** Canvasses, or looks again later when this site may not for a reason that can pass. */
    private void canvassOrWait() {
        cease(false);
        if (eligibility.mayCanvass()) {
            canvass();
        } else if (context.role == Role.CLIENT && context.failure.isEmpty() && !duties.hearsMaster()) {
            waitThenCanvass(context.settings.times().electionRetryMicros());
        }
    }
}
