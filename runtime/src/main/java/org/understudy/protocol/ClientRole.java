package org.understudy.protocol;

import java.util.Optional;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.event.NewMaster;
import org.understudy.log.RecordBatch;

/** Follows a master: verify, roll back, initialise, catch up, stream, one phase after the other (protocol.md §5). */
final class ClientRole {
    private final ReplicaContext context;
    private final Catchup catchup;
    private final Rebuilding rebuilding;
    private final ReceivedStream stream;
    private final Consent consent;
    private final Sources sources;
    private final Startup startup;
    private final MajorityContact contact;

    private Optional<Peer> master = Optional.empty();
    private long generation;
    private long announcedGeneration;
    private SyncPhase phase = SyncPhase.NONE;
    private long request;
    private long askedAtMicros;
    private long masterLsn;

    ClientRole(ReplicaContext context) {
        this.context = context;
        this.catchup = new Catchup(context);
        this.rebuilding = new Rebuilding(context);
        this.stream = new ReceivedStream(context);
        this.consent = new Consent(context);
        this.sources = new Sources(context);
        this.startup = new Startup(context);
        this.contact = new MajorityContact(context);
    }

    Optional<Peer> master() {
        return master;
    }

    SyncPhase phase() {
        return phase;
    }

    /** What this site waits to be allowed by its application, and why. */
    Consent consent() {
        return consent;
    }

    Sources sources() {
        return sources;
    }

    long masterLsn() {
        return Math.max(masterLsn, context.last.lsn());
    }

    Rebuilding rebuilding() {
        return rebuilding;
    }

    boolean isStartupDone() {
        return startup.isDone(generation);
    }

    boolean everStarted() {
        return startup.everDone();
    }

    MajorityContact contact() {
        return contact;
    }

    /** Whether the master is heard: connected, of the highest generation, and not cut off itself (protocol.md §4.1). */
    boolean hearsMaster() {
        return master.isPresent()
                && generation == context.generation()
                && context.peers.isConnected(master.get().name())
                && contact.isRecent();
    }

    /** Follows this master of this generation from now on. */
    void follow(Peer peer, long masterGeneration) {
        forget();
        master = Optional.of(peer);
        generation = masterGeneration;
        contact.told(0);
        masterLsn = 0;
        startup.begin();
        sources.renew();
        context.emit(new Effect.RoleChanged(Role.CLIENT, masterGeneration, Optional.of(peer.name())));
        if (announcedGeneration < masterGeneration) {
            announcedGeneration = masterGeneration;
            context.fire(origin -> new NewMaster(origin, peer.name(), masterGeneration));
        }
        verify();
    }

    /** No master is known any more; an undo or a swap under way goes on. */
    void forget() {
        master = Optional.empty();
        stream.cease();
        catchup.cease();
        consent.release();
        if (!rebuilding.isUnderWay()) {
            phase = SyncPhase.NONE;
        }
    }

    private void verify() {
        stream.cease();
        catchup.cease();
        if (rebuilding.isUnderWay() || master.isEmpty()) {
            return;
        }
        consent.release();
        if (!consent.maySynchronize(generation)) {
            phase = SyncPhase.WAIT;
            return;
        }
        phase = SyncPhase.VERIFY;
        askedAtMicros = context.now;
        context.send(master.get(), context.verifyRequest(++request));
    }

    /** The application lets a delayed site synchronise with the master it knows. */
    Effect.Result synchronize() {
        if (master.isEmpty()) {
            return new Effect.Result.Unavailable(
                    "no master is known to synchronise with; call it again after NewMaster");
        }
        consent.synchronize(generation);
        if (consent.hold() == Hold.SYNCHRONISATION) {
            verify();
        }
        return new Effect.Result.Done();
    }

    /** The application lets this site undo what it was told of. */
    Effect.Result allowRollback() {
        if (consent.hold() != Hold.ROLLBACK) {
            return new Effect.Result.Refused("no rollback waits to be allowed on this site: its phase is " + phase);
        }
        consent.allowRollback();
        verify();
        return new Effect.Result.Done();
    }

    /** The master has taken this site in: what it ignored before it answers now. */
    void accepted() {
        if (phase == SyncPhase.VERIFY) {
            verify();
        }
    }

    /**
     * Whether this is of the mastership followed. One that has begun another stream than this site reads, for an old request
     * that came again, no longer counts what is acknowledged in this one: it is asked once more.
     */
    private boolean isFromMaster(Peer from, long itsGeneration, long itsStream) {
        boolean fromMaster = master.filter(from::equals).isPresent()
                && itsGeneration == generation
                && context.rules.takes(generation, context.generation());
        if (fromMaster && phase == SyncPhase.STREAM && stream.isReplacedBy(itsStream)) {
            verify();
        }
        return fromMaster;
    }

    void onVerifyAnswer(Peer from, Message.VerifyAnswer answer) {
        boolean fromMaster = isFromMaster(from, answer.generation(), answer.stream());
        if (!fromMaster || phase != SyncPhase.VERIFY || answer.request() != request) {
            return;
        }
        if (context.history.contradicts(answer.history())) {
            context.panic("this site and the master " + from + " know different masterships of one generation: two"
                    + " masters have been, or a directory was copied back over a site; restore one as a new site");
            return;
        }
        masterLsn = answer.masterLsn();
        stream.hasAcknowledged(new Standing(generation, answer.ackedLsn()));
        if (answer.matchLsn() < context.last.lsn()) {
            giveUp(answer);
        } else if (answer.matchLsn() + 1 < answer.logStartLsn()) {
            initialise(answer);
        } else {
            stream.proved(answer.mastershipId(), answer.matchLsn());
            stream.raisePermanent(answer.permanentLsn());
            proceed(answer);
        }
    }

    private void proceed(Message.VerifyAnswer answer) {
        if (answer.stream() > 0) {
            phase = SyncPhase.STREAM;
            stream.begin(answer.stream());
            sources.renew();
            startup.aimAtLeastAt(answer.masterLsn());
            acknowledge();
            startup.check(generation);
        } else {
            phase = SyncPhase.CATCH_UP;
            startup.aimAt(answer.masterLsn());
            Peer source = sources.ofRecords(master.orElseThrow(), answer.masterLsn());
            catchup.begin(source, master.orElseThrow(), answer.history(), answer.masterLsn());
        }
    }

    /** Undoes what the master doesn't have; what a checkpoint brought, the log can't undo: another one replaces it. */
    private void giveUp(Message.VerifyAnswer answer) {
        long matchLsn = answer.matchLsn();
        long undoableLsn = Math.max(matchLsn, context.logStartLsn - 1);
        if (!context.rules.mayUndo(matchLsn, context.permanentLsn)) {
            context.panic("the master's log parts from this site's at LSN " + matchLsn + ", below the permanent LSN "
                    + context.permanentLsn + ": a majority has lost what it acknowledged; nothing is undone here, keep"
                    + " this site's data");
        } else if (!consent.mayUndo(matchLsn)) {
            phase = SyncPhase.WAIT;
        } else if (context.last.lsn() > undoableLsn) {
            rollBack(undoableLsn);
        } else {
            initialise(answer);
        }
    }

    private void rollBack(long matchLsn) {
        phase = SyncPhase.ROLLBACK;
        rebuilding.rollBack(matchLsn);
    }

    void onRollbackDone(Input.RollbackDone done) {
        phase = SyncPhase.NONE;
        rebuilding.onRollbackDone(done);
        consent.undone();
        verify();
    }

    private void initialise(Message.VerifyAnswer answer) {
        if (!consent.mayInitialise(answer.matchLsn(), answer.logStartLsn())) {
            phase = SyncPhase.WAIT;
            return;
        }
        phase = SyncPhase.INITIALISE;
        long neededLsn = Math.max(context.permanentLsn, Math.max(answer.matchLsn(), answer.logStartLsn() - 1));
        rebuilding.initialise(sources.ofCheckpoint(master.orElseThrow(), neededLsn), answer);
    }

    /** For a nominee: undoes what lies above the match point, or takes that site's checkpoint (protocol.md §4.2). */
    void goBack(Peer source, long matchLsn) {
        phase = rebuilding.goBack(source, matchLsn);
    }

    void onCheckpointOffered(Input.CheckpointOffered offer) {
        if (phase == SyncPhase.INITIALISE && !rebuilding.offered(offer)) {
            onInitialiseFailed();
        }
    }

    void onCheckpointFetched() {
        if (phase == SyncPhase.INITIALISE) {
            rebuilding.fetched();
        }
    }

    void onInitialised(Input.Initialised done) {
        phase = SyncPhase.NONE;
        rebuilding.onInitialised(done);
        consent.replaced();
        stream.clearBar();
        verify();
    }

    void onInitialiseFailed() {
        rebuilding.failed();
        sources.failed();
        phase = master.isPresent() ? SyncPhase.VERIFY : SyncPhase.NONE;
        askedAtMicros = context.now;
    }

    /** A site's connection is gone. */
    void lost(Peer peer) {
        catchup.lost(peer);
    }

    void onRangeAnswer(Peer from, Message.RangeAnswer answer) {
        if (phase != SyncPhase.CATCH_UP || generation != context.generation() || !catchup.isAnswerTo(from, answer)) {
            return;
        }
        Optional<RecordBatch> records = catchup.take(from, answer);
        if (records.isEmpty()) {
            sources.failed();
            if (!catchup.fallBack()) {
                verify();
            }
            return;
        }
        accept(records.get());
        if (catchup.isReached()) {
            verify();
        } else {
            catchup.accepted();
        }
    }

    void onAppend(Peer from, Message.Append append) {
        boolean fromMaster = isFromMaster(from, append.generation(), append.stream());
        if (!fromMaster || phase != SyncPhase.STREAM || !stream.expects(append)) {
            return;
        }
        masterLsn = Math.max(masterLsn, append.masterLsn());
        if (!context.rules.follows(context.last, append.previous())) {
            mismatch(append);
            return;
        }
        accept(append.records());
        stream.raisePermanent(append.permanentLsn());
        startup.check(generation);
    }

    private void mismatch(Message.Append append) {
        if (context.rules.cutsForShortMessage() && append.records().lastLsn() < context.last.lsn()) {
            rollBack(append.records().lastLsn());
        } else {
            verify();
        }
    }

    private void accept(RecordBatch records) {
        stream.accept(records);
        if (!context.rules.ackWaitsForStorage()) {
            acknowledge();
        }
    }

    void onPermanentAdvance(Peer from, Message.PermanentAdvance advance) {
        if (isFromMaster(from, advance.generation(), advance.stream()) && stream.is(advance.stream())) {
            stream.raisePermanent(advance.permanentLsn());
        }
    }

    void onStreamEnded(Peer from, Message.StreamEnded ended) {
        if (isFromMaster(from, ended.generation(), ended.stream()) && stream.is(ended.stream())) {
            verify();
        }
    }

    void onHeartbeat(Message.Heartbeat heartbeat) {
        contact.told(heartbeat.majorityAgeMicros());
        masterLsn = Math.max(masterLsn, heartbeat.last().lsn());
        // A heartbeat overtakes no record: what it names and this stream has not brought, the stream will not bring.
        if (phase == SyncPhase.STREAM && heartbeat.last().lsn() > context.last.lsn()) {
            verify();
        }
        stream.confirmed(heartbeat.last(), contact.atMicros());
        acknowledge(); // what was stored while this site was barred: nothing more may come that would
        stream.raisePermanentByHeartbeat(heartbeat.permanentLsn());
    }

    void stored() {
        stream.clearBar();
        acknowledge();
        catchup.stored();
    }

    private void acknowledge() {
        if (phase == SyncPhase.STREAM) {
            stream.acknowledge(master.orElseThrow(), generation);
        }
    }

    /** A master needs no start-up: it has what there is. */
    void becameMaster(long masterGeneration) {
        forget();
        startup.done(masterGeneration);
        generation = masterGeneration;
    }

    long deadline() {
        long due = catchup.deadline();
        if (phase == SyncPhase.VERIFY) {
            due = Math.min(due, askedAtMicros + context.settings.times().heartbeatSendMicros());
        }
        return master.isPresent() ? Math.min(due, contact.deadline()) : due;
    }

    void tick() {
        if (phase == SyncPhase.VERIFY
                && context.now >= askedAtMicros + context.settings.times().heartbeatSendMicros()) {
            verify();
        }
        if (phase == SyncPhase.CATCH_UP) {
            catchup.tick();
        }
    }
}
