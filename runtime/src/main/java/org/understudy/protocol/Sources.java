package org.understudy.protocol;

import java.util.List;
import java.util.Optional;
import org.understudy.SiteState;
import org.understudy.SyncPhase;

/**
 * From whom a client fetches what it lacks: a configured peer, else the least loaded of those that stream and have it, else
 * the master; after a failure the master alone, until this site streams (protocol.md §5).
 */
final class Sources {
    private final ReplicaContext context;
    private boolean onlyMaster;
    private Optional<Peer> kept = Optional.empty();

    Sources(ReplicaContext context) {
        this.context = context;
    }

    /** A peer has failed: every further request goes to the master. */
    void failed() {
        onlyMaster = true;
    }

    /** This site streams, or follows another master: next time peers are asked again. */
    void renew() {
        onlyMaster = false;
    }

    /** A part of this peer's checkpoint is kept here: fetching goes on there, if that is possible. */
    void kept(Optional<Peer> source) {
        kept = source;
    }

    /** Who sends records up to the target. */
    Peer ofRecords(Peer master, long targetLsn) {
        long ownLsn = context.last.lsn();
        return best(master, ownLsn + (targetLsn - ownLsn) / 2 + 1);
    }

    /** Who sends a checkpoint that reaches this LSN. */
    Peer ofCheckpoint(Peer master, long neededLsn) {
        return kept.filter(peer -> isMember(context.peers.of(peer.name()), peer))
                .orElseGet(() -> best(master, neededLsn));
    }

    private Peer best(Peer master, long neededLsn) {
        if (onlyMaster) {
            return master;
        }
        return configured().or(() -> leastLoaded(master, neededLsn)).orElse(master);
    }

    private Optional<Peer> configured() {
        return context.settings.sync().peers().stream()
                .flatMap(name -> context.peers.connected(name).stream())
                .filter(peer -> isMember(context.peers.of(peer.name()), peer))
                .findFirst();
    }

    private Optional<Peer> leastLoaded(Peer master, long neededLsn) {
        List<PeerState> able = context.peers.allConnected().stream()
                .filter(state -> !state.peer.equals(master))
                .filter(state -> isMember(state, state.peer))
                .filter(state -> state.phase == SyncPhase.STREAM && state.last.lsn() >= neededLsn)
                .toList();
        int least = able.stream().mapToInt(state -> state.serving).min().orElse(0);
        List<PeerState> best =
                able.stream().filter(state -> state.serving == least).toList();
        return best.isEmpty() ? Optional.empty() : Optional.of(best.get(context.random.nextInt(best.size())).peer);
    }

    /** Whether it is connected and a member, full views included; a site that joins knows no table yet. */
    private boolean isMember(PeerState state, Peer peer) {
        boolean member = context.memberOf(peer)
                .filter(entry -> entry.state() == SiteState.PRESENT)
                .isPresent();
        return state.connected
                && !state.isNoSource()
                && peer.equals(state.peer)
                && (member || !context.members.exists());
    }
}
