package org.understudy.protocol;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.event.BecameClient;
import org.understudy.event.ConnectionBroken;
import org.understudy.event.ConnectionEstablished;
import org.understudy.event.ConnectionTryFailed;
import org.understudy.event.DuplicateMaster;
import org.understudy.event.LocalSiteRemoved;
import org.understudy.event.MasterFailure;
import org.understudy.event.PermFailed;
import org.understudy.event.WriteFailed;

/**
 * One site's protocol as a state machine: fed {@link Input}s, it returns {@link Effect}s; the same inputs give the same
 * effects, always (architecture.md). It has no thread, clock, socket, file or logger, and is used by one thread at a time.
 */
public final class Replica implements Duties {
    final ReplicaContext context;
    private final Elections elections;
    private final Votes votes;
    private final ClientRole client;
    private final Joining joining;
    private final Orders orders;
    private final Heartbeats heartbeats;
    private final ReplicaViews views;
    private Optional<MasterRole> master = Optional.empty();
    private Optional<Input.Stop> stop = Optional.empty();
    private Set<String> kept = Set.of();
    private boolean stopped;
    private boolean removed;
    private long permFailed;

    /** Makes the protocol of one site from what its disk holds. */
    public Replica(ReplicaSettings settings, Recovered recovered, RandomGenerator random) {
        this(settings, recovered, random, Rules.STANDARD);
    }

    Replica(ReplicaSettings settings, Recovered recovered, RandomGenerator random, Rules rules) {
        context = new ReplicaContext(settings, recovered, random, rules);
        elections = new Elections(context, this);
        votes = new Votes(context, this, elections);
        client = new ClientRole(context);
        joining = new Joining(context);
        orders = new Orders(context);
        heartbeats = new Heartbeats(context);
        views = new ReplicaViews(context, client, elections);
        context.onMembersChanged(this::membersChanged);
    }

    /** Takes one input and hands out its effects, in order. */
    public void handle(long nowMicros, Input input, Consumer<Effect> effects) {
        context.begin(nowMicros, effects);
        if (stopped) {
            return;
        }
        dispatch(input);
        completeHandover();
        joining.check();
        checkRemoved();
    }

    private void dispatch(Input input) {
        if (input instanceof Input.Received received) {
            receive(received.peer(), received.message());
        } else if (input instanceof Input.Appended appended) {
            appended(appended);
        } else if (input instanceof Input.Stored stored) {
            stored(stored.standing());
        } else if (input instanceof Input.Tick) {
            tick();
        } else if (input instanceof Input.Connected connected) {
            connected(connected.peer());
        } else if (input instanceof Input.Disconnected disconnected) {
            disconnected(disconnected);
        } else if (input instanceof Input.ConnectFailed failed) {
            connectFailed(failed);
        } else {
            dispatchRare(input);
        }
    }

    private void dispatchRare(Input input) {
        if (input instanceof Input.Start start) {
            start(start);
        } else if (input instanceof Input.RollbackDone done) {
            client.onRollbackDone(done);
        } else if (input instanceof Input.CheckpointOffered offered) {
            client.onCheckpointOffered(offered);
        } else if (input instanceof Input.InitialiseProgress progress) {
            client.onProgress(progress);
        } else if (input instanceof Input.CheckpointFetched) {
            client.onCheckpointFetched();
        } else if (input instanceof Input.Initialised done) {
            client.onInitialised(done);
        } else if (input instanceof Input.InitialiseFailed) {
            client.onInitialiseFailed();
        } else if (input instanceof Input.Trimmed trimmed) {
            context.logStartLsn = trimmed.logStartLsn();
        } else if (input instanceof Input.WriteFailed failed) {
            writeFailed(failed.reason());
        } else if (input instanceof Input.AckFailed failed) {
            permFailed++;
            context.fire(origin -> new PermFailed(origin, failed.token(), failed.policy(), failed.ackedSites()));
        } else if (input instanceof Input.Order order) {
            orders.begin(order);
        } else if (input instanceof Input.StartElection) {
            elections.canvass();
        } else if (input instanceof Input.Stop request) {
            stop(request);
        }
    }

    private void receive(Peer from, Message message) {
        PeerState peer = context.peers.of(from.name());
        if (!peer.connected || !from.equals(peer.peer) || context.failure.isPresent()) {
            return;
        }
        heartbeats.received(peer);
        if (message instanceof Message.Append append) {
            if (acceptsMaster(from, append.generation(), true)) {
                client.onAppend(from, append);
            }
        } else if (message instanceof Message.Ack ack) {
            master.ifPresent(role -> role.onAck(from, ack));
        } else if (message instanceof Message.Heartbeat heartbeat) {
            heartbeat(peer, heartbeat);
        } else if (message instanceof Message.HeartbeatAnswer answer) {
            heartbeats.onAnswer(peer, answer);
            seen(from, answer.generation());
            master.ifPresent(MasterRole::onHeartbeatAnswer);
        } else if (message instanceof Message.PermanentAdvance advance) {
            client.onPermanentAdvance(from, advance);
        } else if (message instanceof Message.Outdated outdated) {
            seen(from, outdated.generation());
        } else {
            receiveRare(from, message);
        }
    }

    private void receiveRare(Peer from, Message message) {
        if (message instanceof Message.CanvassRequest request) {
            elections.onCanvassRequest(from, request);
        } else if (message instanceof Message.CanvassAnswer answer) {
            elections.onCanvassAnswer(from, answer);
        } else if (message instanceof Message.Nominate nomination) {
            elections.onNominate(from, nomination);
        } else if (message instanceof Message.VoteRequest request) {
            votes.onVoteRequest(from, request);
        } else if (message instanceof Message.VoteAnswer answer) {
            elections.onVoteAnswer(from, answer);
        } else if (message instanceof Message.VerifyRequest request) {
            master.ifPresent(role -> role.onVerify(from, request));
        } else if (message instanceof Message.VerifyAnswer answer) {
            client.onVerifyAnswer(from, answer);
        } else if (message instanceof Message.StreamEnded ended) {
            client.onStreamEnded(from, ended);
        } else if (message instanceof Message.RangeRequest request) {
            serve(from, request);
        } else if (message instanceof Message.RangeAnswer answer) {
            client.onRangeAnswer(from, answer);
        } else {
            receiveMembership(from, message);
        }
    }

    private void receiveMembership(Peer from, Message message) {
        if (message instanceof Message.JoinRequest request) {
            if (master.filter(MasterRole::isOpen).isPresent()) {
                master.get().onJoin(from, request);
            } else {
                joining.answerAsMember(from, request, masterName());
            }
        } else if (message instanceof Message.JoinAnswer answer) {
            joining.onAnswer(from, answer);
            keepConnected();
        } else if (message instanceof Message.Removed gone) {
            if (gone.groupId().equals(context.ballot.groupId()) && !joining.isActive()) {
                localSiteRemoved();
            }
        } else if (message instanceof Message.CommandRequest request) {
            orders.onRequest(from, request, context.settings.electionTimeoutMicros());
        } else if (message instanceof Message.CommandAnswer answer) {
            orders.onAnswer(answer);
        } else if (message instanceof Message.StandNow order) {
            if (order.generation() == context.generation() && !hearsMaster()
                    || client.master().filter(from::equals).isPresent()) {
                leaveMaster("site " + from + " hands mastership over");
                elections.standNow();
            }
        }
    }

    // ---- starting and stopping ----

    private void start(Input.Start input) {
        removed = false;
        joining.takeGroupFromLog();
        if (context.role == Role.UNKNOWN) {
            context.role = Role.CLIENT;
            boolean creates = !context.members.exists() && input.creator();
            if (!creates && !context.isSoleVoter()) {
                context.fire(BecameClient::new);
            }
            context.emit(new Effect.RoleChanged(Role.CLIENT, context.generation(), Optional.empty()));
        }
        joining.begin(input);
        joining.endAsMember();
        keepConnected();
        if (context.isSoleVoter()) {
            elections.canvass();
        } else if (context.isVoter()) {
            elections.waitThenCanvass(context.settings.heartbeatSendMicros());
        }
    }

    private void stop(Input.Stop request) {
        boolean canHandOver = master.filter(MasterRole::isOpen).isPresent()
                && master.get().streams().bestSuccessor().isPresent();
        if (!canHandOver) {
            finishStop(request);
            return;
        }
        stop = Optional.of(request);
        master.get().transfer("", request.timeoutMicros(), result -> {
            if (!(result instanceof Effect.Result.Done)) {
                stop.ifPresent(this::finishStop);
            }
        });
    }

    private void finishStop(Input.Stop request) {
        stop = Optional.empty();
        if (master.isPresent()) {
            stepDown("the site stops");
        }
        stopped = true;
        context.emit(new Effect.CommandEnded(request.request(), new Effect.Result.Done()));
    }

    private void completeHandover() {
        Optional<Handover> settled = master.flatMap(MasterRole::settledHandover);
        if (settled.isEmpty()) {
            return;
        }
        Handover handover = master.get().takeHandover().orElseThrow();
        Peer target = new Peer(handover.target().name(), handover.target().incarnation());
        long generation = context.generation();
        Standing last = context.last;
        stepDown("mastership goes to site " + target);
        context.send(target, new Message.StandNow(generation, last));
        elections.waitThenCanvass(context.settings.electionTimeoutMicros());
        handover.done().accept(new Effect.Result.Done());
    }

    // ---- roles ----

    @Override
    public boolean hearsMaster() {
        return master.isPresent() ? !master.get().hasLostMajority() : client.hearsMaster();
    }

    @Override
    public String masterName() {
        return master.isPresent()
                ? context.settings.localSite()
                : client.master().map(Peer::name).orElse("");
    }

    @Override
    public boolean isRebuilding() {
        return client.isRebuilding();
    }

    @Override
    public void raise(long generation, String because) {
        if (generation > context.generation()) {
            leaveMaster(because);
            context.saveBallot(context.ballot.seen(generation));
        }
    }

    @Override
    public void leaveMaster(String because) {
        if (master.isPresent()) {
            stepDown(because);
        } else if (client.master().isPresent()) {
            client.forget();
            orders.masterChanged(Optional.empty(), Optional.empty());
            context.emit(new Effect.RoleChanged(Role.CLIENT, context.generation(), Optional.empty()));
        }
    }

    private void stepDown(String because) {
        MasterRole role = master.orElseThrow();
        master = Optional.empty();
        context.role = Role.CLIENT;
        context.emit(new Effect.CloseTail(because));
        context.emit(new Effect.RoleChanged(Role.CLIENT, context.generation(), Optional.empty()));
        role.abandon("site " + context.settings.localSite() + " is no longer master: " + because);
        orders.masterChanged(Optional.empty(), Optional.empty());
        context.fire(BecameClient::new);
        elections.waitThenCanvass(context.settings.electionTimeoutMicros());
    }

    @Override
    public void becomeMaster(long generation) {
        context.role = Role.MASTER;
        client.becameMaster(generation);
        master = Optional.of(new MasterRole(context, generation));
        orders.masterChanged(master, Optional.empty());
    }

    @Override
    public void follow(Peer peer, long generation) {
        elections.cease(true);
        client.follow(peer, generation);
        orders.masterChanged(Optional.empty(), Optional.of(peer));
        stop.ifPresent(this::finishStop);
    }

    /** Whether this peer is the master to listen to; follows it if it is new, and answers one of the past. */
    private boolean acceptsMaster(Peer from, long generation, boolean records) {
        if (generation < context.generation()) {
            context.send(from, new Message.Outdated(context.generation()));
            return false;
        }
        if (!context.mayDepose(from) || removed || context.role == Role.UNKNOWN) {
            return false;
        }
        if (master.isPresent()) {
            if (generation == context.generation()) {
                context.panic("site " + from + " is master of generation " + generation
                        + " too: two masters in one generation must never be; stop both and compare their logs");
                return false;
            }
            context.fire(origin -> new DuplicateMaster(origin, from.name(), generation));
        }
        raise(generation, "site " + from + " is master of generation " + generation);
        boolean known = client.master().filter(from::equals).isPresent();
        if (!known) {
            follow(from, generation);
        }
        return known;
    }

    /** A generation was named by a site: a higher one ends what belongs to older ones. */
    private void seen(Peer from, long generation) {
        if (generation > context.generation() && context.mayDepose(from)) {
            raise(generation, "site " + from + " knows generation " + generation);
            lookForMaster();
        }
    }

    private void lookForMaster() {
        if (!hearsMaster() && context.role == Role.CLIENT && !removed) {
            elections.waitThenCanvass(context.settings.heartbeatSendMicros());
        }
    }

    // ---- connections ----

    private void connected(Peer peer) {
        PeerState state = context.peers.of(peer.name());
        state.peer = peer;
        state.connected = true;
        state.unreachable = false;
        state.lastReceivedMicros = context.now;
        state.answeredHeartbeatMicros = PeerState.NEVER;
        context.fire(origin -> new ConnectionEstablished(origin, peer.name()));
        heartbeat(state);
        joining.connected(peer);
        elections.connected(peer);
    }

    private void heartbeat(PeerState peer) {
        if (master.isPresent()) {
            master.get().heartbeat(peer);
        } else {
            heartbeats.send(peer, client.phase());
        }
    }

    private void disconnected(Input.Disconnected input) {
        PeerState state = context.peers.of(input.peer().name());
        if (!state.connected || !input.peer().equals(state.peer)) {
            return;
        }
        state.connected = false;
        context.fire(origin -> new ConnectionBroken(origin, input.peer().name(), input.reason()));
        master.ifPresent(role -> role.lost(input.peer().name()));
        elections.lost(input.peer().name());
        if (client.master().filter(input.peer()::equals).isPresent()) {
            loseMaster(input.peer());
        }
    }

    private void loseMaster(Peer lost) {
        context.fire(origin -> new MasterFailure(origin, lost.name()));
        leaveMaster("site " + lost + " is lost");
        if (!removed) {
            elections.canvass();
        }
    }

    private void connectFailed(Input.ConnectFailed failed) {
        PeerState state = context.peers.of(failed.site());
        if (state.connected) {
            return;
        }
        state.unreachable = true;
        context.fire(origin -> new ConnectionTryFailed(origin, failed.site(), failed.reason()));
        joining.connectFailed(failed.site(), failed.reason());
        elections.unreachable(failed.site());
    }

    private void heartbeat(PeerState peer, Message.Heartbeat heartbeat) {
        peer.last = heartbeat.last();
        peer.permanentLsn = heartbeat.permanentLsn();
        peer.phase = heartbeat.phase();
        boolean hisClient = heartbeat.master() && acceptsMaster(peer.peer, heartbeat.generation(), false);
        if (hisClient) {
            client.onHeartbeat(heartbeat);
        } else if (!heartbeat.master()) {
            seen(peer.peer, heartbeat.generation());
        }
        if (peer.connected) {
            heartbeats.answer(peer.peer, heartbeat, client.phase());
        }
    }

    // ---- the log ----

    private void appended(Input.Appended input) {
        Standing previous = context.last;
        context.extend(input.records());
        if (input.records().firstLsn() == 1) {
            joining.takeGroupFromLog();
        }
        master.ifPresent(role -> role.appended(previous, input.records()));
    }

    @Override
    public void stored(Standing standing) {
        boolean mine = standing.lsn() <= context.last.lsn()
                && context.history.generationAt(standing.lsn()) == standing.generation();
        if (!mine || standing.lsn() <= context.storedLsn) {
            return;
        }
        context.storedLsn = standing.lsn();
        if (master.isPresent()) {
            master.get().count();
        } else {
            client.stored();
            if (context.isSoleVoter() && !removed) {
                elections.canvass();
            }
        }
    }

    private void serve(Peer from, Message.RangeRequest request) {
        long previousLsn = request.fromLsn() - 1;
        boolean held = request.fromLsn() >= context.logStartLsn && request.fromLsn() <= context.last.lsn();
        if (!held || context.memberOf(from).isEmpty()) {
            context.send(
                    from,
                    new Message.RangeAnswer(
                            request.request(), context.history.standingAt(previousLsn), Optional.empty()));
        } else {
            context.emit(new Effect.ServeRange(from, request, context.history.standingAt(previousLsn)));
        }
    }

    private void writeFailed(String reason) {
        if (context.failure.isPresent()) {
            return;
        }
        context.failure = Optional.of(reason);
        context.fire(origin -> new WriteFailed(origin, reason));
        leaveMaster("a write failed: " + reason);
        elections.cease(false);
    }

    // ---- membership ----

    private void membersChanged() {
        if (context.role != Role.UNKNOWN) {
            keepConnected();
        }
        master.ifPresent(MasterRole::count);
    }

    /** Members, sites to join through, and a removed site until its removal is permanent and told. */
    private void keepConnected() {
        Set<String> wanted = new TreeSet<>();
        if (!removed) {
            context.members.members().forEach(member -> wanted.add(member.name()));
            if (joining.isActive()) {
                wanted.addAll(joining.targets());
            }
            if (context.membersLsn > context.permanentLsn) {
                context.peers.allConnected().stream()
                        .filter(peer -> context.members.wasRemoved(peer.peer.incarnation()))
                        .forEach(peer -> wanted.add(peer.name));
            }
        }
        wanted.remove(context.settings.localSite());
        if (!wanted.equals(kept)) {
            kept = Set.copyOf(wanted);
            context.emit(new Effect.KeepConnected(kept));
        }
    }

    /** This site is out once the record that says so is permanent (protocol.md §6). */
    private void checkRemoved() {
        boolean out = context.members.exists()
                && context.members.wasRemoved(context.ballot.incarnation())
                && context.membersLsn <= context.permanentLsn;
        if (out && context.role != Role.UNKNOWN && !joining.isActive()) {
            localSiteRemoved();
        }
    }

    private void localSiteRemoved() {
        if (removed || context.role == Role.UNKNOWN) {
            return;
        }
        removed = true;
        leaveMaster("this site was removed from the group");
        elections.cease(false);
        context.role = Role.UNKNOWN;
        context.emit(new Effect.RoleChanged(Role.UNKNOWN, context.generation(), Optional.empty()));
        context.fire(LocalSiteRemoved::new);
        keepConnected();
    }

    // ---- time ----

    /** When a {@link Input.Tick} is due; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineMicros() {
        long due = Math.min(elections.deadline(), Math.min(joining.deadline(), orders.deadline()));
        due = Math.min(due, Math.min(client.deadline(), heartbeats.deadline()));
        due = Math.min(due, master.map(MasterRole::deadline).orElse(Long.MAX_VALUE));
        return stopped ? Long.MAX_VALUE : Math.min(due, stop.isPresent() ? stopDeadline() : Long.MAX_VALUE);
    }

    private long stopDeadline() {
        return context.now + context.settings.heartbeatSendMicros();
    }

    private void tick() {
        heartbeats.tick();
        for (PeerState peer : context.peers.allConnected()) {
            if (heartbeats.isDue(peer)) {
                heartbeat(peer);
            }
        }
        master.ifPresent(MasterRole::tick);
        if (master.filter(MasterRole::hasLostMajority).isPresent()) {
            stepDown("no majority of the voting sites has answered for "
                    + context.settings.quorumLossTimeoutMicros() / 1000 + " ms");
        }
        if (client.master().isPresent() && !client.hearsMaster()) {
            loseMaster(client.master().get());
        }
        client.tick();
        joining.tick();
        orders.tick();
        elections.tick();
    }

    /** A picture of this replica as of now. */
    public ReplicaView view(long nowMicros) {
        return views.at(nowMicros, master, masterName(), removed, permFailed);
    }
}
