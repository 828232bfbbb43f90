package org.understudy.protocol;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.event.ConnectionBroken;
import org.understudy.event.ConnectionEstablished;
import org.understudy.event.ConnectionTryFailed;

/** Comes and goes of connections, whom to hold one with, and the heartbeats on them (protocol.md §4.1). */
final class Connections {
    private final ReplicaContext context;
    private final Roles roles;
    private final Joining joining;
    private final Heartbeats heartbeats;
    private Set<String> kept = Set.of();
    private List<String> helpers = List.of();
    private boolean asksHelpers;

    Connections(ReplicaContext context, Roles roles, Joining joining) {
        this.context = context;
        this.roles = roles;
        this.joining = joining;
        this.heartbeats = new Heartbeats(context);
    }

    Heartbeats heartbeats() {
        return heartbeats;
    }

    /** Whom the application has named to ask for the group. */
    void helpers(List<String> names) {
        helpers = List.copyOf(names);
    }

    void connected(Peer peer, boolean forwarding) {
        PeerState state = context.peers.of(peer.name());
        if (state.connected && !peer.equals(state.peer)) {
            // Another incarnation of the site: what the old one streamed ends here, whether its end was told or not.
            disconnected(new Input.Disconnected(state.peer, "another incarnation of the site connected"));
        }
        if (!peer.equals(state.peer)) {
            state.last = Standing.ZERO; // what is known is of an earlier incarnation
            state.permanentLsn = 0;
        }
        state.peer = peer;
        state.connected = true;
        state.unreachable = false;
        state.forwarding = forwarding;
        state.hasSubordinates = false;
        state.silent = false;
        state.lastReceivedMicros = context.now;
        state.answeredHeartbeatMicros = PeerState.NEVER;
        context.fire(origin -> new ConnectionEstablished(origin, peer.name()));
        // A candidate asks before its heartbeat tells the generation.
        roles.elections().connected(peer);
        heartbeat(state);
        joining.connected(peer);
    }

    private void heartbeat(PeerState peer) {
        if (context.isRemoved(peer.peer)) {
            peer.lastHeartbeatSentMicros = context.now;
            context.tellIfRemoved(peer.peer); // and nothing of this group's generations, which are no longer its own
        } else if (roles.master().isPresent()) {
            roles.master().get().heartbeat(peer);
        } else {
            heartbeats.send(peer, roles.client().phase());
        }
    }

    void disconnected(Input.Disconnected input) {
        PeerState state = context.peers.of(input.peer().name());
        if (!state.connected || !input.peer().equals(state.peer)) {
            return;
        }
        state.connected = false;
        if (context.memberOf(state.peer).isEmpty()) {
            keepConnected();
        }
        context.fire(origin -> new ConnectionBroken(origin, input.peer().name(), input.reason()));
        roles.master().ifPresent(role -> role.lost(input.peer().name()));
        roles.elections().lost(input.peer().name());
        roles.client().lost(input.peer());
        if (roles.client().master().filter(input.peer()::equals).isPresent()) {
            roles.masterGone(input.peer(), state.hasSubordinates && !state.silent);
        }
    }

    void connectFailed(Input.ConnectFailed failed) {
        PeerState state = context.peers.of(failed.site());
        if (state.connected) {
            return;
        }
        state.unreachable = true;
        context.fire(origin -> new ConnectionTryFailed(origin, failed.site(), failed.reason()));
        joining.connectFailed(failed.site(), failed.reason());
        roles.elections().unreachable(failed.site());
    }

    void heartbeat(PeerState peer, Message.Heartbeat heartbeat) {
        peer.last = heartbeat.last();
        peer.permanentLsn = heartbeat.permanentLsn();
        peer.phase = heartbeat.phase();
        peer.serving = heartbeat.serving();
        peer.hasSubordinates = heartbeat.hasSubordinates();
        boolean hisClient = heartbeat.master() && roles.acceptsMaster(peer.peer, heartbeat.generation());
        if (hisClient) {
            roles.client().onHeartbeat(heartbeat);
        } else if (!heartbeat.master()) {
            roles.seen(peer.peer, heartbeat.generation());
            roles.resigned(peer.peer, heartbeat.generation());
        }
        if (peer.connected && context.isRemoved(peer.peer)) {
            context.tellIfRemoved(peer.peer);
        } else if (peer.connected) {
            heartbeats.answer(
                    peer.peer,
                    heartbeat,
                    roles.client().phase(),
                    roles.openMaster().map(MasterRole::confirmedAgeMicros).orElse(-1L),
                    hisClient ? context.promises.promise(peer.peer, heartbeat.generation()) : 0);
        }
    }

    /** Members, sites to join through, and whoever is connected: it may be about to join, or has yet to hear it is removed. */
    void keepConnected() {
        Set<String> wanted = new TreeSet<>();
        if (!roles.isRemoved()) {
            context.members.members().forEach(member -> wanted.add(member.name()));
            if (joining.isActive()) {
                wanted.addAll(joining.targets());
            }
            asksHelpers = isCutOff();
            if (asksHelpers) {
                wanted.addAll(helpers);
            }
            context.peers.allConnected().stream()
                    .filter(peer -> !context.isRemoved(peer.peer))
                    .forEach(peer -> wanted.add(peer.name));
        }
        wanted.remove(context.settings.localSite());
        if (!wanted.equals(kept)) {
            kept = Set.copyOf(wanted);
            context.emit(new Effect.KeepConnected(kept));
        }
    }

    /** All those it knew may have been removed, and this site with them: then only others can tell it (protocol.md §6). */
    private boolean isCutOff() {
        return context.role == Role.CLIENT
                && context.members.exists()
                && roles.masterName().isEmpty()
                && !context.pair.reachesVotesNeeded();
    }

    void tick() {
        if (!roles.isRemoved() && asksHelpers != isCutOff()) {
            keepConnected();
        }
        heartbeats.tick();
        for (PeerState peer : context.peers.allConnected()) {
            if (heartbeats.isDue(peer)) {
                heartbeat(peer);
            }
        }
    }

    long deadline() {
        return heartbeats.deadline();
    }
}
