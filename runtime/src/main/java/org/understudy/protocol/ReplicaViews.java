package org.understudy.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.understudy.ElectionStatus;
import org.understudy.LeaseStatus;
import org.understudy.Role;

/** Draws the pictures of a replica that status pages, health probes and invariants look at. */
final class ReplicaViews {
    private final ReplicaContext context;
    private final Roles roles;
    private final ClientRole client;
    private final LogKeeping logKeeping;

    ReplicaViews(ReplicaContext context, Roles roles, LogKeeping logKeeping) {
        this.logKeeping = logKeeping;
        this.context = context;
        this.roles = roles;
        this.client = roles.client();
    }

    ReplicaView at(long nowMicros, long permFailed) {
        Optional<MasterRole> master = roles.master();
        String masterName = roles.masterName();
        boolean isMaster = master.isPresent();
        long majorityAge = isMaster
                ? nowMicros - context.now + master.get().majorityAgeMicros()
                : nowMicros - context.now + client.contact().ageMicros();
        return new ReplicaView(
                context.role,
                client.phase(),
                context.generation(),
                masterName.isEmpty() ? Optional.empty() : Optional.of(masterName),
                context.last,
                context.storedLsn,
                context.permanentLsn,
                isMaster ? context.last.lsn() : client.masterLsn(),
                client.isStartupDone(),
                client.everStarted(),
                masterName.isEmpty() ? -1 : majorityAge,
                context.members,
                context.history,
                peers(nowMicros, master),
                context.barred(),
                unready(masterName),
                elections(masterName),
                context.tally.messages(),
                context.tally.records(),
                permFailed,
                client.consent().hold(),
                lease(nowMicros, master),
                context.tally.forwarding(),
                roles.isRemoved());
    }

    private LeaseStatus lease(long nowMicros, Optional<MasterRole> master) {
        long length = context.members.terms().leaseMicros();
        if (length == 0) {
            return LeaseStatus.NONE;
        }
        long held = master.map(role -> role.lease().untilMicros()).orElse(PeerState.NEVER);
        return new LeaseStatus(
                span(length),
                span(Math.min(length, left(held, nowMicros))),
                span(left(context.promises.untilMicros(), nowMicros)));
    }

    private static long left(long untilMicros, long nowMicros) {
        return untilMicros > nowMicros ? untilMicros - nowMicros : 0;
    }

    private static Duration span(long micros) {
        return Duration.ofNanos(micros * 1000);
    }

    private ElectionStatus elections(String masterName) {
        ElectionReport elections = roles.elections().report();
        return new ElectionStatus(
                elections.heldCount(),
                elections.wonCount(),
                Math.max(0, elections.heldCount() - elections.wonCount()),
                context.role == Role.CLIENT && masterName.isEmpty(),
                context.tally.masterChanges(),
                context.tally.duplicateMasters(),
                elections.lastWon());
    }

    private List<ReplicaView.PeerView> peers(long nowMicros, Optional<MasterRole> master) {
        return context.peers.all().stream()
                .map(peer -> new ReplicaView.PeerView(
                        peer.name,
                        context.members.byName(peer.name),
                        peer.connected,
                        master.map(role -> role.streams().isLive(peer.name)).orElse(false),
                        master.map(role -> role.streams().ackedLsn(peer.name)).orElse(0L),
                        peer.last,
                        peer.permanentLsn,
                        peer.phase,
                        peer.lastReceivedMicros == PeerState.NEVER ? -1 : nowMicros - peer.lastReceivedMicros,
                        logKeeping.isFallingBehind(peer.name)))
                .toList();
    }

    private Optional<String> unready(String masterName) {
        if (context.failure.isPresent()) {
            return context.failure;
        }
        if (roles.isRemoved()) {
            return Optional.of("this site was removed from the group");
        }
        if (context.role == Role.UNKNOWN) {
            return Optional.of("not started");
        }
        if (context.me().isEmpty()) {
            return Optional.of("not a member of the group yet");
        }
        if (masterName.isEmpty()) {
            return Optional.of("no master is known");
        }
        if (roles.master().isPresent() && roles.openMaster().isEmpty()) {
            return Optional.of("it was elected, and its mastership has not begun yet"); // commits are refused till then
        }
        if (client.consent().hold() != Hold.NONE) {
            return Optional.of(client.consent().reason());
        }
        if (!client.isStartupDone()) {
            return Optional.of("start-up is not done: " + client.phase() + " at LSN " + context.last.lsn()
                    + ", the master is at " + client.masterLsn());
        }
        return Optional.empty();
    }
}
