package org.understudy.protocol;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.event.PermFailed;
import org.understudy.event.WriteFailed;

/**
 * One site's protocol as a state machine: fed {@link Input}s, it returns {@link Effect}s; the same inputs give the same
 * effects, always (architecture.md). It has no thread, clock, socket, file or logger, and is used by one thread at a time.
 */
public final class Replica {
    private final ReplicaContext context;
    private final Orders orders;
    private final Roles roles;
    private final Joining joining;
    private final Connections connections;
    private final MessageRouter router;
    private final LogKeeping logKeeping;
    private final LogRoom logRoom;
    private final ReplicaViews views;
    private final Outcomes outcomes;
    private final Reads reads;
    private final Appointment appointment;
    private final ForcedMastership force;
    private final Stopping stopping;
    private final Forwarding forwarding;
    private boolean awake;
    private long permFailed;

    /** Makes the protocol of one site from what its disk holds. */
    public Replica(ReplicaSettings settings, Recovered recovered, RandomGenerator random) {
        this(settings, recovered, random, Rules.STANDARD);
    }

    Replica(ReplicaSettings settings, Recovered recovered, RandomGenerator random, Rules rules) {
        context = new ReplicaContext(settings, recovered, random, rules);
        orders = new Orders(context);
        roles = new Roles(context, orders);
        joining = new Joining(context, orders);
        connections = new Connections(context, roles, joining);
        outcomes = new Outcomes(context);
        reads = new Reads(context, roles, outcomes);
        force = new ForcedMastership(context, roles);
        forwarding = new Forwarding(context, roles);
        router = new MessageRouter(context, roles, connections, joining, orders, reads, force, forwarding);
        logKeeping = new LogKeeping(context, roles);
        logRoom = new LogRoom(context, roles);
        views = new ReplicaViews(context, roles, logKeeping);
        appointment = new Appointment(context, roles, orders);
        context.onMembersChanged(this::membersChanged);
        stopping = new Stopping(context, roles);
        roles.onFollow(stopping::finish);
    }

    /** Takes one input and hands out its effects, in order. */
    public void handle(long nowMicros, Input input, Consumer<Effect> effects) {
        context.begin(nowMicros, effects);
        if (!awake) {
            awake = true;
            context.promises.restarted();
        }
        if (stopping.isDone()) {
            return;
        }
        dispatch(input);
        roles.completeHandover();
        orders.endFulfilled();
        appointment.check();
        force.check();
        stopping.check();
        joining.check();
        if (roles.client().consent().hold() == Hold.INITIALISATION) {
            joining.refuse(roles.client().consent().reason());
        }
        if (roles.checkRemoved(joining.isActive())) {
            connections.keepConnected();
        }
        reads.advance();
        outcomes.advance();
        forwarding.advance();
    }

    private void dispatch(Input input) {
        if (input instanceof Input.Received received) {
            router.receive(received.peer(), received.message());
        } else if (input instanceof Input.Appended appended) {
            appended(appended);
        } else if (input instanceof Input.Stored stored) {
            stored(stored.standing());
        } else if (input instanceof Input.Tick) {
            tick();
        } else if (input instanceof Input.Connected connected) {
            connections.connected(connected.peer(), connected.forwarding());
            force.connected(connected.peer());
        } else if (input instanceof Input.Disconnected disconnected) {
            connections.disconnected(disconnected);
        } else if (input instanceof Input.ConnectFailed failed) {
            connections.connectFailed(failed);
        } else {
            dispatchRare(input);
        }
    }

    private void dispatchRare(Input input) {
        if (input instanceof Input.Start start) {
            start(start);
        } else if (input instanceof Input.RollbackDone done) {
            roles.client().onRollbackDone(done);
            roles.elections().preparation().rebuilt();
        } else if (input instanceof Input.CheckpointOffered offered) {
            roles.client().onCheckpointOffered(offered);
        } else if (input instanceof Input.CheckpointKept kept) {
            roles.client().sources().kept(kept.source());
        } else if (input instanceof Input.ServedCheckpoint served) {
            context.served.note(served.to());
        } else if (input instanceof Input.InitialiseProgress progress) {
            roles.client().rebuilding().progressed(progress);
            roles.elections().preparation().progressed();
        } else if (input instanceof Input.CheckpointFetched) {
            roles.client().onCheckpointFetched();
        } else if (input instanceof Input.Initialised done) {
            roles.client().onInitialised(done);
            roles.elections().preparation().rebuilt();
        } else if (input instanceof Input.InitialiseFailed failed) {
            roles.client().onInitialiseFailed();
            roles.elections().preparation().initialiseFailed(failed.reason());
        } else if (input instanceof Input.Trimmed trimmed) {
            context.logStartLsn = trimmed.logStartLsn();
        } else if (input instanceof Input.AskTrim limits) {
            logKeeping.ask(limits);
        } else if (input instanceof Input.AskRoom room) {
            logRoom.ask(room);
        } else if (input instanceof Input.WriteFailed failed) {
            writeFailed(failed.reason());
        } else if (input instanceof Input.DiskPending pending) {
            roles.diskPending(pending.oldestMicros());
        } else if (input instanceof Input.AckFailed failed) {
            permFailed++;
            if (!failed.elsewhere()) {
                context.fire(origin -> new PermFailed(origin, failed.token(), failed.policy(), failed.ackedSites()));
            }
        } else if (input instanceof Input.Order order) {
            orders.begin(order);
        } else if (input instanceof Input.OfForwarding ofForwarding) {
            forwarding.take(ofForwarding);
        } else if (input instanceof Input.ClocksDisagree) {
            context.untrustedMicros = context.now;
            context.promises.clocksDisagree();
            roles.master().map(MasterRole::lease).ifPresent(Lease::drop);
            reads.clocksDisagree();
        } else if (input instanceof Input.BeginRead begin) {
            reads.begin(begin);
        } else if (input instanceof Input.SnapshotTaken taken) {
            reads.taken(taken);
        } else if (input instanceof Input.AskOutcome question) {
            outcomes.ask(question);
        } else if (input instanceof Input.StartElection) {
            context.pair.told();
            roles.elections().canvass();
        } else if (input instanceof Input.Appoint appoint) {
            appointment.begin(appoint);
        } else if (input instanceof Input.ForceMaster order) {
            force.begin(order);
        } else if (input instanceof Input.Allow allow) {
            allow(allow);
        } else if (input instanceof Input.Stop request) {
            stopping.begin(request);
        } else if (input instanceof Input.Subordinates subordinates) {
            roles.subordinates(subordinates.present());
        } else if (input instanceof Input.TakeOver takeover) {
            roles.takeOver(takeover.generation());
        }
    }

    private void start(Input.Start input) {
        context.startedAtMicros = context.now;
        Optional<String> refusal = joining.refusal();
        if (refusal.isPresent()) {
            context.emit(new Effect.CommandEnded(input.request(), new Effect.Result.Refused(refusal.get())));
            return;
        }
        connections.helpers(input.helpers());
        joining.takeGroupFromLog();
        roles.begin(!context.members.exists() && input.creator());
        joining.begin(input);
        joining.endAsMember();
        connections.keepConnected();
        roles.continueMastership();
        // Under way it may be already, for a mastership that goes on or because another process of the site started it,
        // too.
        boolean idle = !roles.elections().isUnderWay();
        if (context.isSoleVoter() && idle) {
            roles.elections().canvass();
        } else if (context.isVoter() && idle) {
            roles.elections().waitThenCanvass(context.settings.times().heartbeatSendMicros());
        }
    }

    private void allow(Input.Allow allow) {
        Effect.Result result =
                switch (allow.what()) {
                    case SYNCHRONISATION ->
                        roles.master().isPresent()
                                ? new Effect.Result.Done()
                                : roles.client().synchronize();
                    case ROLLBACK -> roles.client().allowRollback();
                    default -> new Effect.Result.Refused("this can't be allowed: " + allow.what());
                };
        context.emit(new Effect.CommandEnded(allow.request(), result));
    }

    private void appended(Input.Appended input) {
        Standing previous = context.last;
        context.extend(input.records());
        roles.master().ifPresent(role -> role.appended(previous, input.records()));
    }

    private void stored(Standing standing) {
        boolean mine = standing.lsn() <= context.last.lsn()
                && context.history.generationAt(standing.lsn()) == standing.generation();
        if (!mine || standing.lsn() <= context.storedLsn) {
            return;
        }
        context.storedLsn = standing.lsn();
        if (roles.master().isPresent()) {
            roles.master().get().count();
        } else {
            roles.client().stored();
            roles.elections().preparation().stored();
            if (context.isSoleVoter() && !roles.isRemoved()) {
                roles.elections().canvass();
            }
        }
    }

    private void writeFailed(String reason) {
        if (context.failure.isPresent()) {
            return;
        }
        context.failure = Optional.of(reason);
        context.fire(origin -> new WriteFailed(origin, reason));
        roles.leaveMaster("a write failed: " + reason);
        roles.elections().cease(false);
    }

    private void membersChanged() {
        joining.takeGroupFromLog();
        if (context.role != Role.UNKNOWN) {
            connections.keepConnected();
            joining.demoteAgain();
            if (context.members.isFounding() && context.role == Role.CLIENT) {
                roles.elections().waitThenCanvass(context.settings.times().heartbeatSendMicros());
            }
        }
        roles.master().ifPresent(MasterRole::count);
    }

    /** When a {@link Input.Tick} is due; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineMicros() {
        if (stopping.isDone()) {
            return Long.MAX_VALUE;
        }
        long due = Math.min(roles.deadline(), connections.deadline());
        due = Math.min(due, Math.min(joining.deadline(), orders.deadline()));
        due = Math.min(due, Math.min(reads.deadline(), outcomes.deadline()));
        due = Math.min(due, Math.min(appointment.deadline(), force.deadline()));
        due = Math.min(due, forwarding.deadline());
        return Math.min(due, stopping.deadline());
    }

    private void tick() {
        connections.tick();
        roles.tick();
        joining.tick();
        orders.tick();
        roles.elections().tick();
        stopping.tick();
    }

    /** Whether this site is master and holds a lease (protocol.md §4.5). */
    public boolean holdsLease(long nowMicros) {
        return roles.openMaster()
                .filter(master -> master.lease().isValidAt(nowMicros))
                .isPresent();
    }

    /** A picture of this replica as of now. */
    public ReplicaView view(long nowMicros) {
        return views.at(nowMicros, permFailed);
    }
}
