package org.understudy.protocol;

import java.util.Optional;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.event.BecameClient;
import org.understudy.event.DuplicateMaster;
import org.understudy.event.LocalSiteRemoved;
import org.understudy.event.MasterFailure;
import org.understudy.event.Takeover;
import org.understudy.log.MemberTable;

/** Which role this site has, whom it follows, and every way from one to the other (protocol.md §4.3, §4.4). */
final class Roles implements Duties {
    private final ReplicaContext context;
    private final Elections elections;
    private final ClientRole client;
    private final Orders orders;
    private Optional<MasterRole> master = Optional.empty();
    private Optional<Long> succeeded = Optional.empty();
    private boolean removed;
    private Runnable onFollow = () -> {};

    Roles(ReplicaContext context, Orders orders) {
        this.context = context;
        this.orders = orders;
        this.client = new ClientRole(context);
        this.elections = new Elections(context, this, client);
    }

    Elections elections() {
        return elections;
    }

    ClientRole client() {
        return client;
    }

    /** This site's mastership, while it has one. */
    Optional<MasterRole> master() {
        return master;
    }

    /** The mastership once its first record is written. */
    Optional<MasterRole> openMaster() {
        return master.filter(MasterRole::isOpen);
    }

    /** Whether this site was told that it is out of the group, and was not started again since. */
    boolean isRemoved() {
        return removed;
    }

    /** Runs whenever a new master is followed. */
    void onFollow(Runnable listener) {
        onFollow = listener;
    }

    /** The process begins as a client; mastership is never resumed (protocol.md §4.3). */
    void begin(boolean creates) {
        removed = false;
        if (context.role == Role.UNKNOWN) {
            context.role = Role.CLIENT;
            succeeded.ifPresent(mastership -> context.fire(Takeover::new));
            if (!creates && !context.isSoleVoter()) {
                context.fire(BecameClient::new);
            }
            context.emit(new Effect.RoleChanged(Role.CLIENT, context.generation(), Optional.empty()));
        }
    }

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
        return client.rebuilding().isUnderWay();
    }

    @Override
    public void raise(long generation, String because) {
        if (generation > context.generation()) {
            leaveMaster(because);
            context.pair.gaveWay();
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

    void stepDown(String because) {
        MasterRole role = master.orElseThrow();
        master = Optional.empty();
        context.role = Role.CLIENT;
        context.emit(new Effect.CloseTail(because));
        context.emit(new Effect.RoleChanged(Role.CLIENT, context.generation(), Optional.empty()));
        role.abandon("site " + context.settings.localSite() + " is no longer master: " + because);
        orders.masterChanged(Optional.empty(), Optional.empty());
        if (role.isOpen()) {
            context.fire(BecameClient::new);
        }
        elections.waitThenCanvass(context.settings.times().electionTimeoutMicros());
    }

    @Override
    public void becomeMaster(long generation, Optional<MemberTable> founded) {
        context.role = Role.MASTER;
        client.becameMaster(generation);
        context.pair.becameMaster();
        master = Optional.of(new MasterRole(context, generation, founded));
        orders.masterChanged(master, Optional.empty());
    }

    @Override
    public void follow(Peer peer, long generation) {
        elections.cease(true);
        context.pair.gaveWay();
        client.follow(peer, generation);
        orders.masterChanged(Optional.empty(), Optional.of(peer));
        onFollow.run();
    }

    /** Whether this peer is the master to listen to; follows it if it is new, and answers one of the past. */
    boolean acceptsMaster(Peer from, long generation) {
        if (context.isRemoved(from)) {
            context.tellIfRemoved(from);
            return false;
        }
        if (!context.rules.takes(generation, context.generation())) {
            context.send(from, new Message.Outdated(context.generation()));
            return false;
        }
        if (!context.mayDepose(from) || removed || context.beginsLog || context.role == Role.UNKNOWN) {
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
    void seen(Peer from, long generation) {
        if (generation > context.generation() && context.mayDepose(from)) {
            raise(generation, "site " + from + " knows generation " + generation);
            lookForMaster();
        }
    }

    /**
     * A site refuses this master, for it knows a higher generation. A view, too, ends this mastership so: it rose while it
     * voted, before it knew that it is one, and could never follow a lower generation (protocol.md §4.3).
     */
    void outdated(Peer from, long generation) {
        if (master.isPresent() && generation > context.generation() && !context.isRemoved(from)) {
            raise(generation, "site " + from + " can't follow any generation below " + generation);
            lookForMaster();
        } else {
            seen(from, generation);
        }
    }

    private void lookForMaster() {
        if (!hearsMaster() && context.role == Role.CLIENT && !removed) {
            elections.waitThenCanvass(context.settings.times().heartbeatSendMicros());
        }
    }

    /** The master followed is gone: look for another at once. */
    void loseMaster(Peer lost) {
        masterGone(lost, false);
    }

    /** The same; if its connection was closed and its site has other processes, one of them may take over (§11). */
    void masterGone(Peer lost, boolean mayBeTakenOver) {
        context.fire(origin -> new MasterFailure(origin, lost.name()));
        context.pair.lostMaster(client.phase() == SyncPhase.STREAM);
        leaveMaster("site " + lost + " is lost");
        if (!removed && mayBeTakenOver) {
            elections.leaveTimeTo(lost.name());
        } else if (!removed) {
            elections.seek();
        }
    }

    /** This process will continue one of this site that was master of a generation, or of none, once it is started (§11). */
    void takeOver(long generation) {
        succeeded = Optional.of(generation);
    }

    /** Stands for what the last process was master of, if no higher generation was seen since (§11). */
    void continueMastership() {
        long generation = succeeded.orElse(0L);
        succeeded = Optional.empty();
        boolean isNewest = generation > 0 && generation == context.generation();
        if (isNewest && context.role == Role.CLIENT && client.master().isEmpty()) {
            context.promises.wasMaster();
            context.pair.becameMaster();
            elections.takeOver();
        }
    }

    /** Whether other processes of this site are there that can take it over; the others have to know at once. */
    void subordinates(boolean present) {
        if (context.hasSubordinates != present) {
            context.hasSubordinates = present;
            openMaster().ifPresent(role -> context.peers.allConnected().forEach(role::heartbeat));
        }
    }

    /** A site says that it is not master; if it is the one followed, it has stepped down and lives on. */
    void resigned(Peer peer, long generation) {
        if (generation == context.generation()
                && client.master().filter(peer::equals).isPresent()) {
            loseMaster(peer);
        }
    }

    /** A master whose disk stands still gives up, and stands again only once a write has succeeded (protocol.md §4.3). */
    void diskPending(long oldestMicros) {
        context.stalled = oldestMicros >= context.settings.times().diskStallTimeoutMicros();
        if (context.stalled && context.rules.givesUpWithAStalledDisk() && master.isPresent()) {
            stepDown("a write has been under way for " + oldestMicros / 1000 + " ms");
        }
    }

    /** Ends a handover whose target has everything. */
    void completeHandover() {
        Optional<Handover> settled = master.flatMap(MasterRole::settledHandover);
        if (settled.isEmpty()) {
            return;
        }
        Handover handover = master.get().administration().takeHandover().orElseThrow();
        Peer target = new Peer(handover.target().name(), handover.target().incarnation());
        long generation = context.generation();
        Standing last = context.last;
        stepDown("mastership goes to site " + target);
        context.send(target, new Message.StandNow(generation, last));
        // The others hear of the next master before they hear that this one is none: a heartbeat is due anew.
        context.peers.allConnected().forEach(peer -> peer.lastHeartbeatSentMicros = context.now);
        elections.waitThenCanvass(context.settings.times().electionTimeoutMicros());
        handover.done().accept(new Effect.Result.Done());
    }

    /** A handover's order to stand at once (protocol.md §4.4). */
    void onStandNow(Peer from, Message.StandNow order) {
        boolean fromMaster = client.master().filter(from::equals).isPresent();
        if (order.generation() == context.generation() && (fromMaster || !hearsMaster())) {
            context.pair.lostMaster(client.phase() == SyncPhase.STREAM);
            leaveMaster("site " + from + " hands mastership over");
            context.promises.released(order.generation());
            elections.standNow();
        }
    }

    /** This site is out once the record that says so is permanent (protocol.md §6). */
    boolean checkRemoved(boolean joining) {
        boolean out = context.members.exists()
                && context.members.wasRemoved(context.ballot.incarnation())
                && context.membersLsn <= context.permanentLsn;
        if (out && context.role != Role.UNKNOWN && !joining) {
            localSiteRemoved();
            return true;
        }
        return false;
    }

    void localSiteRemoved() {
        if (removed || context.role == Role.UNKNOWN) {
            return;
        }
        removed = true;
        leaveMaster("this site was removed from the group");
        elections.cease(false);
        context.role = Role.UNKNOWN;
        context.emit(new Effect.RoleChanged(Role.UNKNOWN, context.generation(), Optional.empty()));
        context.fire(LocalSiteRemoved::new);
        orders.localSiteRemoved();
        // Whoever dialled: the others keep the connection for this word only, and don't know that it has arrived.
        context.peers
                .allConnected()
                .forEach(other -> context.emit(new Effect.Disconnect(
                        other.peer, "site " + context.settings.localSite() + " was removed from the group")));
    }

    void tick() {
        master.ifPresent(MasterRole::tick);
        if (master.filter(MasterRole::hasLostMajority).isPresent()) {
            stepDown("no majority of the voting sites has answered for "
                    + context.settings.times().quorumLossTimeoutMicros() / 1000 + " ms");
        }
        if (master.filter(MasterRole::hasLapsed).isPresent()) {
            stepDown("its lease has run out");
        }
        if (client.master().isPresent() && !client.hearsMaster()) {
            loseMaster(client.master().get());
        }
        client.tick();
    }

    long deadline() {
        long due = Math.min(client.deadline(), elections.deadline());
        return Math.min(due, master.map(MasterRole::deadline).orElse(Long.MAX_VALUE));
    }
}
