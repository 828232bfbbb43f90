package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.understudy.Durability;
import org.understudy.SiteState;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.event.ReplicationEvent;
import org.understudy.log.Ballot;
import org.understudy.log.GenerationHistory;
import org.understudy.log.GroupTerms;
import org.understudy.log.Mastership;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/** One replica with everybody else played by the test: what goes in is written down, what comes out is kept. */
final class ScriptedSite {
    static final UUID GROUP = new UUID(7, 7);
    static final String SELF = "a:1";

    private static final long SECOND = 1_000_000;
    static final SyncSettings SYNC = SyncSettings.of(1 << 20, 1 << 16);
    private static final GroupTerms TERMS = GroupTerms.of(Durability.WRITE_NO_SYNC, 1 << 20);

    final List<Effect> effects = new ArrayList<>();
    final Replica replica;
    private final List<Member> members;
    private final long startedAt = 10 * SECOND;
    private long now = startedAt;
    private Optional<String> unreadyWhenElected = Optional.empty();
    private long snapshotAttempt;
    private Standing tail;

    /** What it is told besides its members. */
    private record Setup(
            boolean view,
            boolean elections,
            GroupTerms terms,
            SyncSettings sync,
            Standing mustReach,
            boolean forwards) {
        Setup(boolean view, boolean elections, GroupTerms terms, SyncSettings sync, Standing mustReach) {
            this(view, elections, terms, sync, mustReach, true);
        }

        static final Setup USUAL = new Setup(false, true, TERMS, SYNC, Standing.ZERO);
    }

    private ScriptedSite(List<Member> members, Standing last, long permanentLsn, Setup setup) {
        this(members, last, permanentLsn, setup, 0);
    }

    private ScriptedSite(
            List<Member> members, Standing last, long permanentLsn, Setup setup, long promisedLeaseMicros) {
        this.members = members;
        boolean fresh = members.isEmpty();
        MemberTable table = fresh
                ? MemberTable.NONE
                : new MemberTable(GROUP, members.size() + 1, setup.terms(), members, List.of());
        List<Mastership> history = new ArrayList<>(fresh ? List.of() : List.of(new Mastership(0, GROUP, 1)));
        if (last.generation() > 0) {
            history.add(new Mastership(last.generation(), new UUID(last.generation(), 9), 2));
        }
        Ballot empty = Ballot.first(incarnation(SELF));
        Ballot ballot = (fresh ? empty : empty.inGroup(GROUP, SELF))
                .seen(last.generation())
                .promised(promisedLeaseMicros)
                .mustReach(setup.mustReach());
        Recovered recovered = new Recovered(ballot, last, 1, new GenerationHistory(history), table, permanentLsn);
        ReplicaSettings settings = new ReplicaSettings(
                "test",
                SELF,
                100,
                setup.view(),
                setup.elections(),
                setup.terms(),
                new ReplicaTimes(
                        SECOND / 2,
                        2 * SECOND,
                        2 * SECOND,
                        0,
                        2 * SECOND,
                        SECOND / 2,
                        4 * SECOND,
                        10 * SECOND,
                        3 * SECOND),
                setup.sync(),
                setup.forwards());
        this.tail = last;
        this.replica = new Replica(settings, recovered, new SplittableRandom(1));
    }

    /** A started member of a group with these others, all of priority 100, its log ending at this standing. */
    static ScriptedSite memberWith(Standing last, String... others) {
        return started(new ScriptedSite(with(others), last, 0, Setup.USUAL));
    }

    /** The same, not started yet. */
    static ScriptedSite notStarted(Standing last, String... others) {
        return new ScriptedSite(with(others), last, 0, Setup.USUAL);
    }

    /** The same, with another way of synchronising. */
    static ScriptedSite memberThat(SyncSettings sync, Standing last, String... others) {
        return started(new ScriptedSite(with(others), last, 0, new Setup(false, true, TERMS, sync, Standing.ZERO)));
    }

    /** The same, where the application says who is master. */
    static ScriptedSite withoutElections(Standing last, String... others) {
        return started(new ScriptedSite(with(others), last, 0, new Setup(false, false, TERMS, SYNC, Standing.ZERO)));
    }

    /** The same, where no forwarded writes are taken. */
    static ScriptedSite withoutForwarding(Standing last, String... others) {
        return started(
                new ScriptedSite(with(others), last, 0, new Setup(false, true, TERMS, SYNC, Standing.ZERO, false)));
    }

    /** The same, on a machine that was restarted while what it acknowledged was not forced. */
    static ScriptedSite rebooted(Standing last, String... others) {
        return started(new ScriptedSite(with(others), last, 0, new Setup(false, true, TERMS, SYNC, Ballot.UNKNOWN)));
    }

    /** The same under these terms; it has promised a lease of this length in an earlier life, 0 for none. */
    static ScriptedSite memberUnder(GroupTerms terms, long promisedLeaseMicros, Standing last, String... others) {
        Setup setup = new Setup(false, true, terms, SYNC, Standing.ZERO);
        return started(new ScriptedSite(with(others), last, 0, setup, promisedLeaseMicros));
    }

    /** A member whose process takes over from one that was master of this generation, 0 for none, and promised a lease. */
    static ScriptedSite succeeding(
            long generation, GroupTerms terms, long promisedLeaseMicros, Standing last, String... others) {
        Setup setup = new Setup(false, true, terms, SYNC, Standing.ZERO);
        ScriptedSite site = new ScriptedSite(with(others), last, 0, setup, promisedLeaseMicros);
        site.in(new Input.TakeOver(generation));
        return started(site);
    }

    private static List<Member> with(String... others) {
        List<Member> members = new ArrayList<>(List.of(member(1, SELF, 100)));
        for (String other : others) {
            members.add(member(members.size() + 1, other, 100));
        }
        return members;
    }

    /** An empty site that joins with the help of another. */
    static ScriptedSite newcomer(SyncSettings sync, String helper) {
        ScriptedSite site =
                new ScriptedSite(List.of(), Standing.ZERO, 0, new Setup(false, true, TERMS, sync, Standing.ZERO));
        site.in(new Input.Start(1, false, List.of(helper), SECOND));
        return site;
    }

    /** An empty site that begins its group together with others. */
    static ScriptedSite founder(MemberTable founding) {
        return founder(founding, Setup.USUAL);
    }

    /** The same, where the application says who is master. */
    static ScriptedSite founderWithoutElections(MemberTable founding) {
        return founder(founding, new Setup(false, false, TERMS, SYNC, Standing.ZERO));
    }

    private static ScriptedSite founder(MemberTable founding, Setup setup) {
        ScriptedSite site = new ScriptedSite(List.of(), Standing.ZERO, 0, setup);
        return site.in(new Input.Start(1, false, List.of(), 60 * SECOND, false, false, founding));
    }

    /** The same, with the members given. */
    static ScriptedSite memberOf(Standing last, long permanentLsn, Member... members) {
        return started(new ScriptedSite(List.of(members), last, permanentLsn, Setup.USUAL));
    }

    /** The same, configured as a view, whatever the table says. */
    static ScriptedSite viewOf(Standing last, long permanentLsn, Member... members) {
        return started(new ScriptedSite(
                List.of(members), last, permanentLsn, new Setup(true, true, TERMS, SYNC, Standing.ZERO)));
    }

    /** The same, where this holds for the whole group. */
    static ScriptedSite underTerms(GroupTerms terms, Standing last, long permanentLsn, Member... members) {
        return started(new ScriptedSite(
                List.of(members), last, permanentLsn, new Setup(false, true, terms, SYNC, Standing.ZERO)));
    }

    private static ScriptedSite started(ScriptedSite site) {
        site.in(new Input.Start(1, false, List.of(), SECOND));
        return site;
    }

    /** The record by which a pair agrees to decide together. */
    static RecordBatch tied(MemberTable table, long generation, long lsn) {
        return new RecordBatchBuilder()
                .add(generation, lsn, RecordKind.MEMBERSHIP, new MembershipChange(table, table.withTied(true)).encode())
                .build();
    }

    static Member member(int id, String name, int priority) {
        return new Member(id, name, incarnation(name), SiteState.PRESENT, false, priority);
    }

    static UUID incarnation(String name) {
        return new UUID(1, name.hashCode());
    }

    static Peer peer(String name) {
        return new Peer(name, incarnation(name));
    }

    /** Feeds an input and forgets the effects of earlier ones. */
    ScriptedSite in(Input input) {
        effects.clear();
        feed(input);
        return this;
    }

    private void feed(Input input) {
        List<Effect> fresh = new ArrayList<>();
        replica.handle(now, input, fresh::add);
        effects.addAll(fresh);
        for (Effect effect : fresh) {
            if (effect instanceof Effect.OpenTail open) {
                unreadyWhenElected = view().unready();
                append(RecordKind.GENERATION, open.generation(), open.generationStart());
                open.founding().ifPresent(table -> append(RecordKind.MEMBERSHIP, open.generation(), table.encode()));
            } else if (effect instanceof Effect.TakeSnapshot take) {
                snapshotAttempt = take.attempt();
            } else if (effect instanceof Effect.BeginLog begin) {
                append(RecordKind.MEMBERSHIP, 0, begin.first().encode());
            } else if (effect instanceof Effect.AppendControl control) {
                append(control.kind(), replica.view(now).generation(), control.payload());
            }
        }
    }

    /** At which attempt a snapshot was asked for last. */
    long snapshotAttempt() {
        return snapshotAttempt;
    }

    /** Why it was not ready when it was elected last, before the record by which its mastership begins. */
    Optional<String> unreadyWhenElected() {
        return unreadyWhenElected;
    }

    /** Appends to the master's tail and stores it at once. */
    private void append(RecordKind kind, long generation, byte[] payload) {
        tail = new Standing(generation, tail.lsn() + 1);
        RecordBatch batch = new RecordBatchBuilder()
                .add(generation, tail.lsn(), kind, payload)
                .build();
        feed(new Input.Appended(batch));
        feed(new Input.Stored(tail));
    }

    /** A transaction commits here: its LSN. */
    long commit() {
        effects.clear();
        append(RecordKind.TRANSACTION, replica.view(now).generation(), new byte[8]);
        return tail.lsn();
    }

    ScriptedSite connect(String... names) {
        for (String name : names) {
            in(new Input.Connected(peer(name), GROUP));
        }
        return this;
    }

    ScriptedSite from(String name, Message message) {
        return in(new Input.Received(peer(name), message));
    }

    ScriptedSite unreachable(String name) {
        return in(new Input.ConnectFailed(name, "refused"));
    }

    ScriptedSite lose(String name) {
        return in(new Input.Disconnected(peer(name), "reset"));
    }

    /** Lets time pass and ticks. */
    ScriptedSite after(long millis) {
        now += millis * 1000;
        return in(new Input.Tick());
    }

    /** All others are connected and can't stand, and the sites named vote for this one. */
    ScriptedSite elect(String... voters) {
        after(600);
        long round = sent(Message.CanvassRequest.class).get(0).round();
        for (Member member : members) {
            if (!member.name().equals(SELF)) {
                from(
                        member.name(),
                        new Message.CanvassAnswer(
                                round, Message.CanvassKind.CANNOT_STAND, 0, Standing.ZERO, 0, 0, true, ""));
            }
        }
        long generation = replica.view(now).generation();
        for (String voter : voters) {
            from(voter, new Message.VoteAnswer(generation, true, generation, 100, ""));
        }
        return this;
    }

    /** This other site verifies with the same log as here and streams. */
    ScriptedSite stream(String name) {
        return stream(name, true);
    }

    /** The same of a site that stands for election, or was started as a view. */
    ScriptedSite stream(String name, boolean stands) {
        ReplicaView view = replica.view(now);
        return from(name, new Message.VerifyRequest(1, view.history(), view.last(), view.permanentLsn(), stands));
    }

    ScriptedSite ack(String name, long stream, long lsn) {
        return from(name, new Message.Ack(replica.view(now).generation(), stream, lsn));
    }

    ReplicaView view() {
        return replica.view(now);
    }

    boolean holdsLease() {
        return replica.holdsLease(now);
    }

    <M extends Message> List<M> sent(Class<M> type) {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The one effect of this kind of the last input. */
    <E extends Effect> E theOnly(Class<E> kind) {
        List<E> all = effects(kind);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    <E extends Effect> List<E> effects(Class<E> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <E extends ReplicationEvent> List<E> events(Class<E> type) {
        return effects(Effect.Fire.class).stream()
                .map(Effect.Fire::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The newest word on how far the policies are met. */
    Optional<AckProgress> progress() {
        List<Effect.AcksAdvanced> all = effects(Effect.AcksAdvanced.class);
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(all.size() - 1).progress());
    }

    static Message.Heartbeat heartbeatOfMaster(long generation, Standing last) {
        return heartbeatOfMaster(generation, last, 0);
    }

    static Message.Heartbeat heartbeatOfMaster(long generation, Standing last, long permanentLsn) {
        return new Message.Heartbeat(1, generation, true, last, permanentLsn, 0, SyncPhase.NONE);
    }
}
