package org.understudy.simulation;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.UUID;
import java.util.function.Consumer;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Role;
import org.understudy.WriteFailedException;
import org.understudy.log.Ballot;
import org.understudy.log.RecordBatch;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Hello;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;
import org.understudy.protocol.Replica;
import org.understudy.protocol.ReplicaView;

/** One life of a site, from its start to its end: the protocol core, and everything around it that production has too. */
final class SiteProcess {
    private final SimulatedSite site;
    private final Replica replica;
    private final Sessions sessions;
    private final Tail tail = new Tail(this);
    private final Writer writer = new Writer(this);
    private final LogRoomWatch logRoom;
    private final Waiters waiters = new Waiters(this);
    private final Readers readers = new Readers(this);
    private final Forwards forwards;
    private final CheckpointClient checkpointClient = new CheckpointClient(this);
    private final CheckpointSource checkpointSource = new CheckpointSource(this);
    private final Application application = new Application(this);
    private final EffectRunner effectRunner = new EffectRunner(this);
    private final ArrayDeque<Input> appended = new ArrayDeque<>();
    private final ArrayDeque<Input> inbox = new ArrayDeque<>();
    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private final Consumer<Effect> effectSink = effects::add;
    private UUID groupId;
    private Role role = Role.UNKNOWN;
    private long mastership;
    private long tickAt = Long.MAX_VALUE;
    private int overdue;
    private boolean told;
    private boolean blocked;
    private boolean draining;
    private boolean ended;

    SiteProcess(SimulatedSite site, Replica replica, UUID groupId) {
        this.site = site;
        this.replica = replica;
        this.groupId = groupId;
        this.logRoom = new LogRoomWatch(this);
        this.sessions = new Sessions(this, site.world().network(), site.dice());
        this.forwards = new Forwards(this);
    }

    SimulatedSite site() {
        return site;
    }

    SiteSettings settings() {
        return site.settings();
    }

    Disk disk() {
        return site.disk();
    }

    Observer observer() {
        return site.world().observer();
    }

    Sessions sessions() {
        return sessions;
    }

    Tail tail() {
        return tail;
    }

    Writer writer() {
        return writer;
    }

    Waiters waiters() {
        return waiters;
    }

    Readers readers() {
        return readers;
    }

    Forwards forwards() {
        return forwards;
    }

    CheckpointClient checkpointClient() {
        return checkpointClient;
    }

    Application application() {
        return application;
    }

    Peer self() {
        return new Peer(site.name(), disk().ballot().incarnation());
    }

    UUID groupId() {
        return groupId;
    }

    void identity(UUID group) {
        groupId = group;
    }

    /** What it believes to be. */
    Role role() {
        return role;
    }

    void role(Role now, long generation) {
        role = now;
        mastership = now == Role.MASTER ? generation : 0;
    }

    /** The generation of which it believes to be master; 0 for none. */
    long mastership() {
        return mastership;
    }

    ReplicaView view() {
        return replica.view(localNow());
    }

    /** Whether it holds a lease by its own clock. */
    boolean holdsLease() {
        return replica.holdsLease(localNow());
    }

    /** Whether the protocol knows that the disk has been standing still for too long. */
    boolean knowsOfStalledDisk() {
        return told;
    }

    boolean hasEnded() {
        return ended;
    }

    Hello hello(String dialled) {
        return new Hello(
                Hello.VERSION,
                0,
                "group",
                groupId,
                site.name(),
                dialled,
                disk().ballot().incarnation(),
                ConnectionKind.MAIN);
    }

    /** Runs this after a while, if the process still lives then. */
    void after(long micros, Runnable action) {
        site.world().agenda().after(micros, () -> site.run(this, action));
    }

    /** Begins what a process does as long as it lives. */
    void begin() {
        logRoom.begin();
        application.start();
    }

    /** Runs this once the disk has done a forced write's work; a disk that fails is told of instead. */
    void afterDisk(Runnable action) {
        after(diskWork(), () -> {
            try {
                action.run();
            } catch (WriteFailedException e) {
                diskFailed(e);
            }
        });
    }

    /** What a forced write takes; where that is too long, the protocol hears of it meanwhile, as in production. */
    private long diskWork() {
        long micros = site.diskDelay();
        long limit = settings().replica().times().diskStallTimeoutMicros();
        if (micros >= limit) {
            after(limit, () -> {
                overdue++;
                take(new Input.DiskPending(limit));
            });
            after(micros, () -> {
                overdue--;
                if (overdue == 0) {
                    take(new Input.DiskPending(0));
                }
            });
        }
        return micros;
    }

    /** The disk has failed for good. */
    void diskFailed(WriteFailedException failure) {
        take(new Input.WriteFailed(failure.getMessage()));
    }

    /** A message came in. */
    void received(End end, Message message) {
        if (message instanceof Message.Transfer transfer) {
            checkpointClient.received(end.peer(), transfer);
            checkpointSource.received(end.peer(), transfer);
        } else {
            take(new Input.Received(end.peer(), message));
        }
    }

    /** What was on its way by the connection for bulk is lost. */
    void bulkLost(Peer peer) {
        checkpointClient.lost(peer);
    }

    void send(Peer to, Message message) {
        observer().sent(site, to, message);
        sessions.send(to, message);
    }

    /** The tail's owner has appended these: nothing taken later goes in before. */
    void appended(RecordBatch batch) {
        batch.forEach(record -> observer().written(site, record));
        appended.add(new Input.Appended(batch));
        drain();
        if (!ended) {
            logRoom.appended(batch.last().lsn());
            writer.storeTail(batch);
        }
    }

    void answer(Operation operation, Operation.Outcome outcome) {
        operation.answer(outcome, site.world().agenda().now());
        observer().answered(site, operation);
        operation.remote().ifPresent(remote -> forwards.ended(remote, operation));
    }

    /** Takes an input; it is dealt with when its turn comes. */
    void take(Input input) {
        inbox.add(input);
        drain();
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (!ended && !blocked && hasWork()) {
                if (effects.isEmpty()) {
                    step(appended.isEmpty() ? inbox.poll() : appended.poll());
                } else {
                    effectRunner.run(effects.poll());
                    if (!effects.isEmpty()) {
                        site.world().betweenEffects(this);
                    }
                }
            }
        } catch (EnvironmentCorruptedException | UncheckedIOException e) {
            site.stopForGood(e);
        } finally {
            draining = false;
        }
    }

    /** Whether the protocol knows all that happened to the log, and all it wants in the log is there. */
    boolean isSettled() {
        return appended.isEmpty()
                && effects.stream().noneMatch(Effect.Write.class::isInstance)
                && inbox.stream()
                        .noneMatch(input -> input instanceof Input.RollbackDone || input instanceof Input.Initialised);
    }

    private boolean hasWork() {
        return !effects.isEmpty() || !appended.isEmpty() || !inbox.isEmpty();
    }

    private void step(Input input) {
        site.world().stepping(site, input);
        if (site.clock().takeDoubt()) {
            replica.handle(localNow(), new Input.ClocksDisagree(), effectSink);
        }
        if (input instanceof Input.DiskPending pending) {
            told = pending.oldestMicros() > 0;
        }
        replica.handle(localNow(), input, effectSink);
        scheduleTick();
        site.world().stepped(this, input);
    }

    private long localNow() {
        return site.clock().read(site.world().agenda().now());
    }

    /** The site's clock shows something else than it would have. */
    void clockJumped() {
        scheduleTick();
    }

    private void scheduleTick() {
        long deadline = replica.nextDeadlineMicros();
        if (deadline == Long.MAX_VALUE) {
            return;
        }
        long due =
                Math.max(site.clock().whenShows(deadline), site.world().agenda().now() + 1);
        if (due < tickAt) {
            tickAt = due;
            site.world().agenda().at(due, () -> site.run(this, () -> tick(due)));
        }
    }

    private void tick(long due) {
        if (tickAt != due) {
            return;
        }
        tickAt = Long.MAX_VALUE;
        if (replica.nextDeadlineMicros() <= localNow()) {
            take(new Input.Tick());
        } else {
            scheduleTick();
        }
    }

    /** Gives up the log below an LSN, as far as the data on the disk goes. */
    void trimFlushed(long keepFromLsn) {
        if (!site.isDiskBroken()) {
            trim(Math.min(keepFromLsn, disk().store().flushed().applied.lsn() + 1));
        }
    }

    /** Gives up the log below an LSN. */
    void trim(long keepFromLsn) {
        long before = disk().log().startLsn();
        long start = disk().log().trim(keepFromLsn);
        if (start != before) {
            take(new Input.Trimmed(start));
        }
    }

    /** The ballot's turn: nothing goes on until it is on the disk. */
    void save(Ballot ballot) {
        blocked = true;
        after(diskWork(), () -> {
            blocked = false;
            Ballot before = disk().ballot();
            try {
                disk().save(ballot);
                observer().ballotSaved(site, before, ballot);
            } catch (WriteFailedException e) {
                // Before anything else: the protocol believes that the ballot is safe.
                effects.removeIf(SiteProcess::needsBallot);
                inbox.addFirst(new Input.WriteFailed(e.getMessage()));
            }
            drain();
        });
    }

    /** What must not happen when the ballot it depends on is not on the disk. */
    private static boolean needsBallot(Effect effect) {
        return effect instanceof Effect.Send
                || effect instanceof Effect.OpenTail
                || effect instanceof Effect.InstallCheckpoint;
    }

    /** Nothing of this process happens any more. */
    void end() {
        ended = true;
    }
}
