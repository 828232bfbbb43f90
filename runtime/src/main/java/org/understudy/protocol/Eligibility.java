package org.understudy.protocol;

import java.util.Optional;
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

    /**
     * A priority-0 site canvasses too and nominates another; views and joining sites never do. A barred site looks only
     * whether all members are there and too few of them may vote (protocol.md §2.3).
     */
    boolean mayCanvass() {
        return context.role == Role.CLIENT && context.failure.isEmpty() && context.isVoter() && !duties.hearsMaster();
    }

    /** In a last resort a barred site may stand too. */
    boolean canStand(boolean lastResort) {
        return (lastResort || context.barred().isEmpty()) && isFit();
    }

    private boolean isFit() {
        return context.me().filter(Member::isElectable).isPresent()
                && context.priority() > 0
                && !context.settings.view()
                && context.role == Role.CLIENT
                && context.failure.isEmpty()
                && !context.stalled
                && !duties.isRebuilding();
    }

    /** What came between since this site stood for a generation: its disk stands still, or a later one is known (§4.3). */
    Optional<String> hindrance(long generation) {
        if (context.stalled) {
            return Optional.of("a write has been under way for too long: this site can't be master now");
        }
        return context.generation() > generation
                ? Optional.of("generation " + context.generation() + " is known here by now")
                : Optional.empty();
    }

    /** How it stands in a canvass, its own or another's; while barred with a priority only if nothing else is in its way. */
    Candidate myself() {
        int priority = context.barred().isEmpty() || isFit() ? context.priority() : 0;
        return new Candidate(context.settings.localSite(), context.last, priority, tiebreaker, canStand(false));
    }

    /** Whether this site and those it is connected to make a majority. */
    boolean reachesMajority() {
        return context.pair.reachesVotesNeeded();
    }

    /** What it answers to a canvass; {@code awaited} is the lost master whose site it leaves time to be taken over. */
    Message.CanvassAnswer answer(long round, boolean preparing, boolean leftOut, boolean knewMaster, String awaited) {
        Candidate me = myself();
        String master = duties.hearsMaster() ? duties.masterName() : awaited;
        return new Message.CanvassAnswer(
                round,
                master.isEmpty() ? kind(me, preparing, leftOut) : Message.CanvassKind.MASTER_ALIVE,
                context.generation(),
                me.standing(),
                me.priority(),
                me.tiebreaker(),
                knewMaster,
                master);
    }

    private Message.CanvassKind kind(Candidate me, boolean preparing, boolean leftOut) {
        if (preparing) {
            return Message.CanvassKind.PREPARING;
        }
        if (context.barred().isPresent()) {
            return Message.CanvassKind.BARRED;
        }
        boolean stands = me.electable() && reachesMajority() && !leftOut;
        return stands ? Message.CanvassKind.STANDING : Message.CanvassKind.CANNOT_STAND;
    }
}
