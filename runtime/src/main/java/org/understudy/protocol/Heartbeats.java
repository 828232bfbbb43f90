package org.understudy.protocol;

import org.understudy.SyncPhase;

/** Keeps connections alive, notices the dead ones, and notices that this process itself was asleep (protocol.md §4.1). */
final class Heartbeats {
    private final ReplicaContext context;
    private long lastTickMicros = Long.MAX_VALUE;

    Heartbeats(ReplicaContext context) {
        this.context = context;
    }

    void received(PeerState peer) {
        peer.lastReceivedMicros = context.now;
    }

    /** Sends a heartbeat that is due, unless a master does so itself. */
    void send(PeerState peer, SyncPhase phase) {
        peer.lastHeartbeatSentMicros = context.now;
        context.send(
                peer.peer,
                new Message.Heartbeat(
                        context.now,
                        context.generation(),
                        false,
                        context.last,
                        context.permanentLsn,
                        0,
                        phase,
                        context.settings.sync().isSource() ? context.served.count() : Message.Heartbeat.NO_SOURCE,
                        false));
    }

    boolean isDue(PeerState peer) {
        return context.now
                >= peer.lastHeartbeatSentMicros + context.settings.times().heartbeatSendMicros();
    }

    void answer(Peer to, Message.Heartbeat heartbeat, SyncPhase phase, long confirmedAgeMicros, long promised) {
        context.send(
                to,
                new Message.HeartbeatAnswer(
                        heartbeat.number(),
                        context.generation(),
                        context.last,
                        context.permanentLsn,
                        phase,
                        confirmedAgeMicros,
                        promised));
    }

    void onAnswer(PeerState peer, Message.HeartbeatAnswer answer) {
        if (answer.number() <= context.now) {
            peer.answeredHeartbeatMicros = Math.max(peer.answeredHeartbeatMicros, answer.number());
        }
        peer.last = answer.last();
        peer.permanentLsn = answer.permanentLsn();
        peer.phase = answer.phase();
    }

    /** A process that slept heard nobody, and that says nothing about the others. */
    private void forgiveOwnSleep() {
        boolean slept = lastTickMicros != Long.MAX_VALUE
                && context.now - lastTickMicros > context.settings.times().heartbeatMonitorMicros() / 2;
        if (slept) {
            context.peers.allConnected().forEach(this::received);
        }
        lastTickMicros = context.now;
    }

    /** Closes connections on which nothing arrived for too long. */
    void tick() {
        forgiveOwnSleep();
        for (PeerState peer : context.peers.allConnected()) {
            if (context.now - peer.lastReceivedMicros
                    >= context.settings.times().heartbeatMonitorMicros()) {
                peer.silent = true;
                context.emit(new Effect.Disconnect(
                        peer.peer,
                        "nothing heard for " + context.settings.times().heartbeatMonitorMicros() / 1000 + " ms"));
                peer.lastReceivedMicros = context.now;
            }
        }
    }

    long deadline() {
        long due = Long.MAX_VALUE;
        for (PeerState peer : context.peers.allConnected()) {
            due = Math.min(
                    due, peer.lastHeartbeatSentMicros + context.settings.times().heartbeatSendMicros());
            due = Math.min(
                    due, peer.lastReceivedMicros + context.settings.times().heartbeatMonitorMicros());
        }
        return due;
    }
}
