package org.understudy.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.understudy.Role;
import org.understudy.SiteState;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.event.BecameMaster;
import org.understudy.event.Elected;
import org.understudy.log.GenerationStart;
import org.understudy.log.LogRecord;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordKind;

/** One mastership of this site, from the won election until it steps down (protocol.md §3, §4.3, §6). */
final class MasterRole {
    /** Idle streams hear of a new permanent LSN after this long, unless a record carries it before. */
    private static final long PERMANENT_DELAY_MICROS = 10_000;

    /** A joining site's goal within one election timeout (protocol.md §6). */
    private record JoinRound(long targetLsn, long endMicros) {}

    private final ReplicaContext context;
    private final long generation;
    private final Streams streams;
    private final Acknowledgements acknowledgements;
    private final MembershipChanges changes;
    private final Confirmations confirmations;
    private final Administration administration;
    private final Lease lease;
    private final Map<String, JoinRound> joining = new HashMap<>();
    private long firstLsn;
    private long announcedPermanentLsn;
    private long announceAt = Long.MAX_VALUE;
    private long majorityAtMicros;
    private long acknowledgementsDue = Long.MAX_VALUE;

    /** The group's first whole table is still to come, behind the mastership's first record (protocol.md §6). */
    private boolean founds;

    MasterRole(ReplicaContext context, long generation, Optional<MemberTable> founded) {
        this.context = context;
        this.generation = generation;
        UUID mastershipId = context.randomId();
        this.streams = new Streams(context, generation, mastershipId);
        this.acknowledgements = new Acknowledgements(context, streams, generation);
        this.changes = new MembershipChanges(context);
        this.confirmations = new Confirmations(context, this::askVoters);
        this.administration = new Administration(context, streams, changes, this::heartbeat);
        this.lease = new Lease(context, generation);
        this.majorityAtMicros = context.now;
        int siteId = context.me().map(Member::siteId).orElseThrow();
        GenerationStart start = new GenerationStart(siteId, context.ballot.incarnation(), mastershipId);
        this.founds = founded.isPresent();
        context.emit(new Effect.OpenTail(
                generation, start.encode(), founded.map(table -> new MembershipChange(context.members, table))));
    }

    Streams streams() {
        return streams;
    }

    long generation() {
        return generation;
    }

    /** What it does for those who administer the group. */
    Administration administration() {
        return administration;
    }

    /** Whether the first record is written and the application was told. */
    boolean isOpen() {
        return firstLsn > 0;
    }

    /** How long ago a majority last answered. */
    long majorityAgeMicros() {
        return context.now - majorityAtMicros;
    }

    void appended(Standing previous, RecordBatch records) {
        for (LogRecord record : records.controlRecords()) {
            if (record.kind() == RecordKind.GENERATION && record.generation() == generation) {
                firstLsn = record.lsn();
                if (!founds) {
                    changes.begin(firstLsn);
                }
                tellRole();
            } else if (record.kind() == RecordKind.MEMBERSHIP && founds) {
                founds = false;
                changes.begin(record.lsn());
            } else if (record.kind() == RecordKind.MEMBERSHIP) {
                changes.appended(record.lsn());
            }
        }
        streams.ship(previous, records);
        count();
    }

    /** The role first: who hears of the event may ask for it at once. */
    private void tellRole() {
        context.emit(new Effect.RoleChanged(Role.MASTER, generation, Optional.of(context.settings.localSite())));
        if (!context.isSoleVoter()) {
            context.fire(origin -> new Elected(origin, generation));
        }
        context.fire(origin -> new BecameMaster(origin, generation));
        context.peers.allConnected().forEach(this::heartbeat);
        confirmations.opened(lease.isValid());
    }

    private void askVoters() {
        for (Member voter : context.otherVoters()) {
            context.peers.connected(voter.name()).ifPresent(peer -> heartbeat(context.peers.of(peer.name())));
        }
    }

    /** Hands out a standing that covers all that is permanent now, once no later mastership can have begun before (§7). */
    void confirm(Consumer<Optional<Standing>> done) {
        confirmations.confirm(lease.isValid(), done);
    }

    /** As of when no later mastership had begun; {@link PeerState#NEVER} while that is not known. */
    long confirmedAtMicros() {
        return lease.isValid() ? context.now : confirmations.confirmedAtMicros();
    }

    /** How long ago that was; negative while it is not known. */
    long confirmedAgeMicros() {
        long confirmedAt = confirmedAtMicros();
        return confirmedAt == PeerState.NEVER ? -1 : context.now - confirmedAt;
    }

    /** Counts copies anew: after an ack, a stored record, a lost site or a changed table. */
    void count() {
        acknowledgements.count(firstLsn);
        acknowledgementsDue = acknowledgements.deadline();
        changes.advance();
        if (context.permanentLsn > announcedPermanentLsn && announceAt == Long.MAX_VALUE) {
            announceAt = context.now + PERMANENT_DELAY_MICROS;
        }
    }

    void onVerify(Peer from, Message.VerifyRequest request) {
        Optional<Member> member = context.memberOf(from);
        context.tellIfRemoved(from);
        if (!isOpen() || member.isEmpty()) {
            return;
        }
        streams.verify(from, request);
        if (member.get().state() == SiteState.JOINING) {
            joining.putIfAbsent(from.name(), nextRound());
        }
        count();
    }

    private JoinRound nextRound() {
        return new JoinRound(
                context.last.lsn(), context.now + context.settings.times().electionTimeoutMicros());
    }

    void onAck(Peer from, Message.Ack ack) {
        if (streams.onAck(from, ack)) {
            count();
            promoteIfCaughtUp(from);
        }
    }

    private void promoteIfCaughtUp(Peer from) {
        JoinRound round = joining.get(from.name());
        if (round == null) {
            return;
        }
        Optional<Member> member = context.memberOf(from).filter(found -> found.state() == SiteState.JOINING);
        if (member.isEmpty()) {
            joining.remove(from.name());
        } else if (streams.ackedLsn(from.name()) >= round.targetLsn()) {
            // After a period that was too short the next begins; nothing further may come to acknowledge in it.
            JoinRound current = context.now <= round.endMicros() ? round : nextRound();
            joining.put(from.name(), current);
            if (streams.ackedLsn(from.name()) >= current.targetLsn()) {
                changes.promote(member.get());
            }
        }
    }

    Lease lease() {
        return lease;
    }

    void onHeartbeatAnswer(Peer from, Message.HeartbeatAnswer answer) {
        lease.promised(from, answer);
        long[] answered = context.members.voters().stream()
                .mapToLong(member -> context.isMe(member)
                        ? context.now
                        : context.peers.of(member.name()).answeredMicros(member.incarnation()))
                .sorted()
                .toArray();
        long byMajority = answered[answered.length - context.members.majority()];
        majorityAtMicros = Math.max(majorityAtMicros, byMajority);
        confirmations.answered(byMajority);
    }

    void lost(String site) {
        streams.lost(site);
        count();
    }

    /** The handover that can be completed now. */
    Optional<Handover> settledHandover() {
        return isOpen() ? administration.settledHandover(firstLsn) : Optional.empty();
    }

    /** Whether all that is in the log is permanent, and everybody who streams has it. */
    boolean isSettled() {
        return context.permanentLsn == context.last.lsn() && streams.allHave(context.last.lsn());
    }

    void heartbeat(PeerState to) {
        to.lastHeartbeatSentMicros = context.now;
        context.send(
                to.peer,
                new Message.Heartbeat(
                        context.now,
                        generation,
                        isOpen(),
                        context.last,
                        context.permanentLsn,
                        majorityAgeMicros(),
                        SyncPhase.NONE,
                        0,
                        context.hasSubordinates));
    }

    void tick() {
        if (context.now >= announceAt) {
            announceAt = Long.MAX_VALUE;
            announcedPermanentLsn = context.permanentLsn;
            streams.announcePermanent();
        }
        administration.tick();
        if (context.now >= acknowledgementsDue) {
            count();
        }
    }

    long deadline() {
        long due = Math.min(announceAt, acknowledgementsDue);
        due = Math.min(due, administration.deadline());
        due = Math.min(due, lease.deadline());
        boolean staysAlone = context.otherVoters().isEmpty() || context.pair.isLoose();
        return staysAlone
                ? due
                : Math.min(due, majorityAtMicros + context.settings.times().quorumLossTimeoutMicros());
    }

    /** Whether no majority has answered for too long (protocol.md §4.3). */
    boolean hasLostMajority() {
        return !context.otherVoters().isEmpty()
                && !context.pair.isLoose()
                && majorityAgeMicros() >= context.settings.times().quorumLossTimeoutMicros();
    }

    /** Whether it had a lease that has run out (protocol.md §4.5). */
    boolean hasLapsed() {
        return lease.hasLapsed();
    }

    /** Ends this mastership's open business. */
    void abandon(String reason) {
        confirmations.abandon();
        administration.abandon(reason);
    }
}
