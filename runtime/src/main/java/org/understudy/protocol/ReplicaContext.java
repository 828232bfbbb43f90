package org.understudy.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.understudy.Role;
import org.understudy.SiteState;
import org.understudy.Standing;
import org.understudy.event.EventOrigin;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.SiteAdded;
import org.understudy.event.SiteRemoved;
import org.understudy.log.Ballot;
import org.understudy.log.GenerationHistory;
import org.understudy.log.LogRecord;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordKind;

/** What all duties of a replica share: its durable state as it believes it, its peers, the time, and where effects go. */
final class ReplicaContext {
    final ReplicaSettings settings;
    final Rules rules;
    final RandomGenerator random;
    final Peers peers = new Peers();
    final Pair pair = new Pair(this);
    final LeasePromises promises = new LeasePromises(this);
    final Served served = new Served(this);
    final Tally tally = new Tally();

    long now;

    /**
     * The clocks disagreed then, whatever role this site had: how long ago something earlier was can't be told, so answers to
     * what was sent until then are of no use to measure an age (protocol.md §4.5, §7).
     */
    long untrustedMicros = PeerState.NEVER;

    Ballot ballot;

    /** Includes every record accepted for writing, forced or not (protocol.md §1). */
    Standing last;

    /** Up to here the local durability setting is met. */
    long storedLsn;

    long logStartLsn;
    GenerationHistory history;
    MemberTable members;

    /** Where in the log the table in force stands. */
    long membersLsn;

    long permanentLsn;
    Role role = Role.UNKNOWN;

    /** Why this site can't take part any more; empty while it can. */
    Optional<String> failure = Optional.empty();

    /** Whether another process of this site can take over when this one goes (protocol.md §11). */
    boolean hasSubordinates;

    /** When the application started this site. */
    long startedAtMicros;

    /** Whether the log's first record is being written, so that no other may be yet. */
    boolean beginsLog;

    /** Whether a write or force has been under way for too long, and none has succeeded since (protocol.md §4.3). */
    boolean stalled;

    /** What is asked for at every step, drawn from the table in force once. */
    private Optional<Member> me = Optional.empty();

    private List<Member> otherVoters = List.of();
    private boolean loosePair;
    private boolean tableRecovered = true;
    private final List<Runnable> memberListeners = new ArrayList<>();
    private Consumer<Effect> effects = effect -> {};
    private long eventSequence;

    ReplicaContext(ReplicaSettings settings, Recovered recovered, RandomGenerator random, Rules rules) {
        this.settings = settings;
        this.rules = rules;
        this.random = random;
        this.ballot = recovered.ballot();
        this.last = recovered.last();
        this.storedLsn = recovered.last().lsn();
        this.logStartLsn = recovered.logStartLsn();
        this.history = recovered.history();
        this.members = recovered.members();
        this.membersLsn = recovered.last().lsn();
        this.permanentLsn = recovered.permanentLsn();
        drawFromTable();
    }

    private void drawFromTable() {
        me = members.find(settings.localSite(), ballot.incarnation());
        loosePair = members.isLoosePair();
        otherVoters = members.voters().stream().filter(member -> !isMe(member)).toList();
    }

    void begin(long nowMicros, Consumer<Effect> sink) {
        now = nowMicros;
        effects = sink;
    }

    void emit(Effect effect) {
        effects.accept(effect);
    }

    void send(Peer to, Message message) {
        if (peers.isConnected(to.name()) && peers.of(to.name()).peer.equals(to)) {
            tally.sent(message);
            emit(new Effect.Send(to, message));
        } else {
            tally.notSent();
        }
    }

    void fire(Function<EventOrigin, ReplicationEvent> event) {
        EventOrigin origin = new EventOrigin(
                settings.environment(), Optional.of(settings.localSite()), generation(), last.lsn(), ++eventSequence);
        ReplicationEvent fired = event.apply(origin);
        tally.fired(fired);
        emit(new Effect.Fire(fired));
    }

    void panic(String reason) {
        failure = Optional.of(reason);
        emit(new Effect.Panic(reason));
    }

    UUID randomId() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** The highest generation seen: the one this site is in. */
    long generation() {
        return ballot.highestGeneration();
    }

    void saveBallot(Ballot next) {
        if (!next.equals(ballot)) {
            ballot = next;
            emit(new Effect.SaveBallot(next));
        }
    }

    /** This site's own entry in the table in force. */
    Optional<Member> me() {
        return me;
    }

    boolean isVoter() {
        return me().filter(Member::isVoting).isPresent();
    }

    /** The other voting members. */
    List<Member> otherVoters() {
        return otherVoters;
    }

    /** Whether the voters are two, of which one may go on alone (protocol.md §4.6). */
    boolean isLoosePair() {
        return loosePair;
    }

    /** Whether the table in force is the one found on the disk, so that its place in the log is not known exactly. */
    boolean isTableRecovered() {
        return tableRecovered;
    }

    boolean isMe(Member member) {
        return member.name().equals(settings.localSite()) && member.is(ballot.incarnation());
    }

    /** By its entry in the table; by its configuration while that does not know it. */
    int priority() {
        return members.isFounding()
                ? settings.priority()
                : me().map(Member::priority).orElse(settings.priority());
    }

    /** Whether this site is the group's one voter. */
    boolean isSoleVoter() {
        return isVoter() && otherVoters().isEmpty();
    }

    /** The table's entry of a peer, if it is that incarnation. */
    Optional<Member> memberOf(Peer peer) {
        return members.find(peer.name(), peer.incarnation());
    }

    /** Whether the table in force has this very site as one whose vote counts. */
    boolean counts(Peer peer) {
        return members.byName(peer.name())
                .filter(member -> rules.counts(member) && rules.isSameSite(member, peer))
                .isPresent();
    }

    /** Whether the peer's removal is permanent here; such a site neither votes nor deposes (protocol.md §4.3). */
    boolean isRemoved(Peer peer) {
        return members.wasRemoved(peer.incarnation()) && membersLsn <= permanentLsn;
    }

    /** Tells a site that it is out, which any member does that knows it for permanent (protocol.md §6). */
    void tellIfRemoved(Peer peer) {
        if (isRemoved(peer)) {
            send(
                    peer,
                    new Message.Removed(
                            ballot.groupId(),
                            history.standingAt(membersLsn),
                            "site " + peer
                                    + " was removed from the group; it joins anew by a start() of the process that saw that, or with"
                                    + " an emptied home"));
        }
    }

    /** Whether a member is a view and that can't be undone any more: until then others may count it. */
    boolean isViewForGood(Member member) {
        return member.view() && membersLsn <= permanentLsn;
    }

    /** Whether messages of this peer may move generations: not those of a site whose removal or demotion is permanent here. */
    boolean mayDepose(Peer peer) {
        return !isRemoved(peer) && memberOf(peer).filter(this::isViewForGood).isEmpty();
    }

    /** Why this site may neither vote nor acknowledge for now (protocol.md §2.3). */
    Optional<String> barred() {
        if (!rules.mindsItsBar()) {
            return Optional.empty();
        }
        if (ballot.mustReach().equals(Ballot.UNKNOWN)) {
            return Optional.of(
                    "the machine was restarted, and records that were acknowledged here without being forced may"
                            + " be lost: this site votes and acknowledges again once it has followed a master that has a majority");
        }
        return last.atLeast(ballot.mustReach())
                ? Optional.empty()
                : Optional.of("the log reaches " + last + " and must reach " + ballot.mustReach()
                        + " before this site votes or acknowledges again");
    }

    /**
     * The ballot of one that votes for a candidate. Only in a last resort does a barred site vote, and only that mastership
     * frees it, or a later one: until it has the record by which it begins, nobody has told yet what may be lost, and what
     * the candidate has must not be lost with it (§2.3).
     */
    Ballot voted(long generation, UUID candidate, Standing standing) {
        Ballot voted = ballot.voted(generation, candidate);
        return barred().isPresent() ? voted.mustReach(new Standing(generation, standing.lsn() + 1)) : voted;
    }

    /** With what this site asks a master to follow it. */
    Message.VerifyRequest verifyRequest(long request) {
        return new Message.VerifyRequest(request, history, last, permanentLsn, !settings.view());
    }

    /** Whether this site's log holds the record of this standing, and with it all that is before it anywhere. */
    boolean holds(Standing standing) {
        return standing.lsn() <= last.lsn() && history.generationAt(standing.lsn()) == standing.generation();
    }

    /** Takes a batch as the log's new end, and what its control records say. */
    void extend(RecordBatch batch) {
        if (role != Role.MASTER) {
            tally.taken(batch);
        }
        for (LogRecord record : batch.controlRecords()) {
            last = record.standing();
            history = history.after(record);
            if (record.kind() == RecordKind.MEMBERSHIP) {
                putInForce(MembershipChange.decode(record.payload()).after(), record.lsn());
            }
        }
        last = batch.last();
    }

    /** Takes what is on disk after a rollback or an initialisation. */
    void replace(Standing standing, GenerationHistory newHistory, MemberTable table) {
        last = standing;
        storedLsn = standing.lsn();
        history = newHistory;
        putInForce(table, standing.lsn());
    }

    /** Runs after every change of the table in force. */
    void onMembersChanged(Runnable listener) {
        memberListeners.add(listener);
    }

    private void putInForce(MemberTable table, long lsn) {
        MemberTable before = members;
        members = table;
        membersLsn = lsn;
        tableRecovered = false;
        beginsLog = false;
        drawFromTable();
        boolean wasPresent = before.find(settings.localSite(), ballot.incarnation())
                .filter(member -> member.state() == SiteState.PRESENT)
                .isPresent();
        if (wasPresent && !before.isFounding()) {
            tellOfOthers(before, table);
        }
        memberListeners.forEach(Runnable::run);
    }

    private void tellOfOthers(MemberTable before, MemberTable after) {
        for (Member member : after.members()) {
            boolean isNew = member.state() == SiteState.PRESENT
                    && before.byIncarnation(member.incarnation())
                            .filter(old -> old.state() == SiteState.PRESENT)
                            .isEmpty();
            if (isNew && !isMe(member)) {
                fire(origin -> new SiteAdded(origin, member.name()));
            }
        }
        for (Member member : before.members()) {
            if (after.byIncarnation(member.incarnation()).isEmpty() && !isMe(member)) {
                fire(origin -> new SiteRemoved(origin, member.name()));
            }
        }
    }

    /** Raises the permanent LSN; it never falls while the process lives (protocol.md §13, invariant 6). */
    void raisePermanent(long lsn) {
        if (lsn > permanentLsn) {
            permanentLsn = lsn;
            emit(new Effect.PermanentAdvanced(lsn));
        }
    }
}
