package org.understudy.protocol;

import org.understudy.Standing;
import org.understudy.log.Ballot;

/** Answers vote requests: one vote per generation, only for a log at least as good (protocol.md §4.3). */
final class Votes {
    private final ReplicaContext context;
    private final Duties duties;
    private final Elections elections;

    Votes(ReplicaContext context, Duties duties, Elections elections) {
        this.context = context;
        this.duties = duties;
        this.elections = elections;
    }

    void onVoteRequest(Peer from, Message.VoteRequest request) {
        if (!context.mayDepose(from)) {
            return;
        }
        elections.heardFromNominee(from);
        String refusal = refusal(from, request);
        if (refusal.isEmpty() && isPromisedAway(from, request)) {
            answer(from, request, "this site has promised its vote to the master for a while yet");
            return;
        }
        if (!refusal.isEmpty()) {
            if (request.generation() > context.generation() && mayTakePart(request)) {
                duties.raise(
                        request.generation(), "site " + from + " asks for votes in generation " + request.generation());
            }
            answer(from, request, refusal);
            return;
        }
        if (context.rules.leavesMasterForVote()) {
            duties.leaveMaster("voted for site " + from + " in generation " + request.generation());
        }
        context.pair.gaveWay();
        Ballot voted = context.voted(request.generation(), from.incarnation(), request.standing());
        if (context.rules.forcesVote()) {
            context.saveBallot(voted);
        } else {
            context.ballot = voted;
        }
        answer(from, request, "");
        elections.waitThenCanvass(context.settings.times().electionTimeoutMicros());
    }

    private void answer(Peer to, Message.VoteRequest request, String refusal) {
        long generation = request.generation();
        int priority = context.priority();
        context.send(
                to, new Message.VoteAnswer(generation, refusal.isEmpty(), context.generation(), priority, refusal));
    }

    /** A vote within a lease, except for the holder itself or with its release; the master goes on meanwhile (§4.5). */
    private boolean isPromisedAway(Peer from, Message.VoteRequest request) {
        return context.promises.remainingMicros(from.incarnation(), request.released()) > 0;
    }

    /** Whether this site has a vote at all; its own table's word on "joining" doesn't matter (§4.3). */
    private boolean mayTakePart(Message.VoteRequest request) {
        return context.failure.isEmpty()
                && !context.me().map(context::isViewForGood).orElse(context.settings.view())
                && context.rules.mayVote(context.me())
                && (request.lastResort() || context.barred().isEmpty());
    }

    private String refusal(Peer from, Message.VoteRequest request) {
        if (!mayTakePart(request)) {
            return "this site has no vote now: "
                    + context.failure.or(context::barred).orElse("it is a view");
        }
        if (!context.ballot.hasGroup()) {
            return "this site belongs to no group yet";
        }
        if (request.generation() < context.generation()) {
            return "generation " + context.generation() + " is known here";
        }
        if (request.generation() == context.generation() && !isVoteLeftFor(from)) {
            return "this site's vote in generation " + request.generation() + " is gone";
        }
        if (!context.rules.mayVoteFor(myStanding(), request.standing())) {
            return "the log here reaches " + context.last + ", the candidate's only " + request.standing();
        }
        return "";
    }

    /** In the generation known here: it may have been heard of before the candidate asked. */
    private boolean isVoteLeftFor(Peer from) {
        boolean isGiven = context.ballot.votedGeneration() == context.generation();
        return duties.masterName().isEmpty()
                && (!isGiven || context.ballot.votedFor().equals(from.incarnation()));
    }

    private Standing myStanding() {
        return context.rules.voterStanding(context.last, context.history.standingAt(context.storedLsn));
    }
}
