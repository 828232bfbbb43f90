package org.understudy.protocol;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.understudy.event.SiteFallingBehind;
import org.understudy.event.SiteFallingBehind.Limit;
import org.understudy.log.Member;

/**
 * From where on the log is kept, for whom and how much of it (protocol.md §3.3): for every member that is connected, a view
 * too, and for one that is away until a time is over, both within one limit of size.
 */
final class LogKeeping {
    private final ReplicaContext context;
    private final Roles roles;
    private final Set<String> fallingBehind = new HashSet<>();
    private OptionalLong firstAskedMicros = OptionalLong.empty();

    LogKeeping(ReplicaContext context, Roles roles) {
        this.context = context;
        this.roles = roles;
    }

    /** Answers with {@link Effect.Trim} when something may go, and warns of who is about to need what went. */
    void ask(Input.AskTrim limits) {
        firstAskedMicros = OptionalLong.of(firstAskedMicros.orElse(context.now));
        long keep = Math.min(limits.keptLsn(), limits.pinnedLsn());
        Set<String> names = new HashSet<>();
        for (Member member : context.members.members()) {
            if (!context.isMe(member)) {
                names.add(member.name());
                keep = Math.min(keep, keptFor(member, limits));
            }
        }
        fallingBehind.retainAll(names);
        keep = Math.min(Math.max(keep, limits.limitLsn()), context.permanentLsn + 1);
        if (keep > context.logStartLsn) {
            context.emit(new Effect.Trim(keep));
        }
    }

    boolean isFallingBehind(String site) {
        return fallingBehind.contains(site);
    }

    private long keptFor(Member member, Input.AskTrim limits) {
        PeerState peer = context.peers.of(member.name());
        long lacked = neededBy(member, peer);
        long needed = Math.max(lacked, context.logStartLsn);
        boolean isOff = lacked < context.logStartLsn; // it takes a whole copy, and what is here goes on from that
        long awayMicros = peer.connected ? 0 : context.now - lastSeenMicros(peer);
        boolean isGivenUp = !peer.connected && (isOff || awayMicros >= limits.absentMicros());
        Optional<Limit> nearly = Optional.empty();
        if (!isOff && !isGivenUp && needed <= context.permanentLsn) {
            if (needed < limits.warnLsn()) {
                nearly = Optional.of(Limit.SIZE);
            } else if (awayMicros >= limits.absentMicros() / 4 * 3) {
                nearly = Optional.of(Limit.TIME);
            }
        }
        tell(member.name(), needed, nearly);
        return isGivenUp ? Long.MAX_VALUE : needed;
    }

    private void tell(String site, long needed, Optional<Limit> nearly) {
        if (nearly.isEmpty()) {
            fallingBehind.remove(site);
        } else if (fallingBehind.add(site)) {
            context.fire(origin -> new SiteFallingBehind(origin, site, needed, nearly.get()));
        }
    }

    /**
     * The first record that a site may lack: behind what it acknowledged here, or what it called permanent, because its
     * last records may be a dead tail. Of whom nothing is known needs all there is.
     */
    private long neededBy(Member member, PeerState peer) {
        if (peer.peer == null || !peer.peer.incarnation().equals(member.incarnation())) {
            return context.logStartLsn;
        }
        long acked = roles.master()
                .map(master -> master.streams().ackedLsn(member.name()))
                .orElse(0L);
        return Math.max(acked, peer.permanentLsn) + 1;
    }

    /** A site that was never heard since this process began is away no longer than that, as far as known. */
    private long lastSeenMicros(PeerState peer) {
        return Math.max(peer.lastReceivedMicros, firstAskedMicros.orElse(context.now));
    }
}
