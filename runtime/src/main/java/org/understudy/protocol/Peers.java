package org.understudy.protocol;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.understudy.log.Member;

/** The other sites by name, in a fixed order. */
final class Peers {
    private final Map<String, PeerState> byName = new TreeMap<>();

    PeerState of(String name) {
        return byName.computeIfAbsent(name, PeerState::new);
    }

    Optional<PeerState> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    boolean isConnected(String name) {
        PeerState state = byName.get(name);
        return state != null && state.connected;
    }

    /** Whether this member is connected, and not another incarnation under its name. */
    boolean isConnected(Member member) {
        return connected(member.name())
                .filter(peer -> peer.incarnation().equals(member.incarnation()))
                .isPresent();
    }

    /** The connected peer of this name. */
    Optional<Peer> connected(String name) {
        return find(name).filter(state -> state.connected).map(state -> state.peer);
    }

    /** Every connected peer. */
    List<PeerState> allConnected() {
        return byName.values().stream().filter(state -> state.connected).toList();
    }

    Collection<PeerState> all() {
        return byName.values();
    }
}
