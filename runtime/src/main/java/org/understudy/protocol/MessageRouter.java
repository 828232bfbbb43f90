package org.understudy.protocol;

import java.util.Optional;

/** Gives every message to the duty it is for. */
final class MessageRouter {
    private final ReplicaContext context;
    private final Roles roles;
    private final Votes votes;
    private final Connections connections;
    private final Joining joining;
    private final Orders orders;
    private final Reads reads;
    private final ForcedMastership force;
    private final Forwarding forwarding;

    MessageRouter(
            ReplicaContext context,
            Roles roles,
            Connections connections,
            Joining joining,
            Orders orders,
            Reads reads,
            ForcedMastership force,
            Forwarding forwarding) {
        this.context = context;
        this.roles = roles;
        this.votes = new Votes(context, roles, roles.elections());
        this.connections = connections;
        this.joining = joining;
        this.orders = orders;
        this.reads = reads;
        this.force = force;
        this.forwarding = forwarding;
    }

    void receive(Peer from, Message message) {
        PeerState peer = context.peers.of(from.name());
        if (!peer.connected || !from.equals(peer.peer) || context.failure.isPresent()) {
            return;
        }
        context.tally.received();
        connections.heartbeats().received(peer);
        if (message instanceof Message.Append append) {
            if (roles.acceptsMaster(from, append.generation())) {
                context.tally.streamed(append.records(), context.last.lsn());
                roles.client().onAppend(from, append);
            } else {
                context.tally.badGeneration();
            }
        } else if (message instanceof Message.Ack ack) {
            roles.master().ifPresent(role -> role.onAck(from, ack));
        } else if (message instanceof Message.Heartbeat heartbeat) {
            connections.heartbeat(peer, heartbeat);
        } else if (message instanceof Message.HeartbeatAnswer answer) {
            connections.heartbeats().onAnswer(peer, answer);
            roles.seen(from, answer.generation());
            roles.master().ifPresent(role -> role.onHeartbeatAnswer(from, answer));
            reads.onHeartbeatAnswer(from, answer);
        } else if (message instanceof Message.PermanentAdvance advance) {
            roles.client().onPermanentAdvance(from, advance);
        } else if (message instanceof Message.Outdated outdated) {
            roles.outdated(from, outdated.generation());
        } else {
            receiveRare(from, message);
        }
    }

    private void receiveRare(Peer from, Message message) {
        if (message instanceof Message.CanvassRequest request) {
            if (context.isRemoved(from)) {
                context.tellIfRemoved(from);
            } else {
                context.send(from, roles.elections().answer(request.round()));
            }
        } else if (message instanceof Message.CanvassAnswer answer) {
            roles.elections().onCanvassAnswer(from, answer);
            force.onCanvassAnswer(from, answer);
        } else if (message instanceof Message.Nominate nomination) {
            roles.elections().onNominate(from, nomination);
        } else if (message instanceof Message.PrepareRequest request) {
            if (!roles.isRebuilding()) {
                Preparation.answer(context, from, request);
            }
        } else if (message instanceof Message.PrepareAnswer answer) {
            roles.elections().preparation().onAnswer(from, answer);
        } else if (message instanceof Message.VoteRequest request) {
            votes.onVoteRequest(from, request);
        } else if (message instanceof Message.VoteAnswer answer) {
            roles.elections().onVoteAnswer(from, answer);
            force.onVoteAnswer(from, answer);
        } else if (message instanceof Message.VerifyRequest request) {
            roles.master().ifPresent(role -> role.onVerify(from, request));
        } else if (message instanceof Message.VerifyAnswer answer) {
            roles.client().onVerifyAnswer(from, answer);
        } else if (message instanceof Message.StreamEnded ended) {
            roles.client().onStreamEnded(from, ended);
        } else if (message instanceof Message.RangeRequest request) {
            serve(from, request);
        } else if (message instanceof Message.RangeAnswer answer) {
            roles.elections().preparation().onRangeAnswer(from, answer);
            roles.client().onRangeAnswer(from, answer);
        } else {
            receiveMembership(from, message);
        }
    }

    private void receiveMembership(Peer from, Message message) {
        if (message instanceof Message.JoinRequest request) {
            if (roles.openMaster().isPresent()) {
                roles.openMaster().get().administration().onJoin(from, request);
            } else {
                joining.answerAsMember(from, request, roles.masterName());
            }
        } else if (message instanceof Message.JoinAnswer answer) {
            joining.onAnswer(from, answer);
            connections.keepConnected();
            if (answer.outcome() == Message.JoinOutcome.ACCEPTED) {
                roles.client().accepted();
            }
        } else if (message instanceof Message.Removed gone) {
            boolean mine = gone.groupId().equals(context.ballot.groupId()) && !context.isRemoved(from);
            boolean isMemberSince = context.me().isPresent() && context.holds(gone.table());
            if (mine && !isMemberSince && !joining.isActive()) {
                roles.localSiteRemoved();
                connections.keepConnected();
            }
        } else if (message instanceof Message.ConfirmRequest request) {
            reads.onConfirmRequest(from, request);
        } else if (message instanceof Message.ConfirmAnswer answer) {
            reads.onConfirmAnswer(from, answer);
        } else if (message instanceof Message.CommandRequest request) {
            orders.onRequest(from, request, context.settings.times().electionTimeoutMicros());
        } else if (message instanceof Message.CommandAnswer answer) {
            orders.onAnswer(answer);
        } else if (message instanceof Message.StandNow order) {
            roles.onStandNow(from, order);
        } else {
            forwarding.receive(from, message);
        }
    }

    private void serve(Peer from, Message.RangeRequest request) {
        long previousLsn = request.fromLsn() - 1;
        boolean held = request.fromLsn() >= context.logStartLsn && request.fromLsn() <= context.last.lsn();
        if (!held || context.memberOf(from).isEmpty()) {
            context.tally.rangeRefused();
            context.send(
                    from,
                    new Message.RangeAnswer(
                            request.request(), context.history.standingAt(previousLsn), Optional.empty()));
        } else {
            context.served.note(from);
            context.emit(new Effect.ServeRange(from, request, context.history.standingAt(previousLsn)));
        }
    }
}
