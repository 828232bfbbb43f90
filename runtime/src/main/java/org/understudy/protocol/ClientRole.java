package org.understudy.protocol;

import java.util.Optional;
import java.util.UUID;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.event.InitDone;
import org.understudy.event.NewMaster;
import org.understudy.event.RolledBack;
import org.understudy.event.StartupDone;
import org.understudy.event.SyncProgress;
import org.understudy.log.Ballot;
import org.understudy.log.RecordBatch;

/** Follows a master: verify, roll back, initialise, catch up, stream (protocol.md §3, §5). */
final class ClientRole {
    private final ReplicaContext context;
    private final Catchup catchup;
    private final Initialisation initialisation;

    private Optional<Peer> master = Optional.empty();
    private long generation;
    private long announcedGeneration;
    private long startedGeneration;
    private boolean everStarted;
    private SyncPhase phase = SyncPhase.NONE;
    private boolean rebuilding;
    private UUID mastershipId = Ballot.NO_ID;
    private long request;
    private long askedAtMicros;
    private long stream;
    private long ackedLsn;

    /** Up to here this stream has proved the log equal to the master's; the permanent LSN goes no further. */
    private long provedLsn;

    private long startupTargetLsn;
    private long masterLsn;
    private long masterMajorityAtMicros;

    ClientRole(ReplicaContext context) {
        this.context = context;
        this.catchup = new Catchup(context);
        this.initialisation = new Initialisation(context);
    }

    Optional<Peer> master() {
        return master;
    }

    SyncPhase phase() {
        return phase;
    }

    long masterLsn() {
        return Math.max(masterLsn, context.last.lsn());
    }

    boolean isRebuilding() {
        return rebuilding;
    }

    boolean isStartupDone() {
        return startedGeneration == generation && generation > 0;
    }

    boolean everStarted() {
        return everStarted;
    }

    /** How long ago the master was in contact with a majority, as far as it has told. */
    long majorityAgeMicros() {
        return context.now - masterMajorityAtMicros;
    }

    /** Whether the master is heard: connected, of the highest generation, and not cut off itself (protocol.md §4.1). */
    boolean hearsMaster() {
        return master.isPresent()
                && generation == context.generation()
                && context.peers.isConnected(master.get().name())
                && majorityAgeMicros() < context.settings.times().quorumLossTimeoutMicros();
    }

    /** Follows this master of this generation from now on. */
    void follow(Peer peer, long masterGeneration) {
        forget();
        master = Optional.of(peer);
        generation = masterGeneration;
        masterMajorityAtMicros = context.now;
        masterLsn = 0;
        startupTargetLsn = 0;
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
        stream = 0;
        catchup.cease();
        if (!rebuilding) {
            phase = SyncPhase.NONE;
        }
    }

    private void verify() {
        stream = 0;
        catchup.cease();
        if (rebuilding || master.isEmpty()) {
            return;
        }
        phase = SyncPhase.VERIFY;
        request++;
        askedAtMicros = context.now;
        context.send(
                master.get(), new Message.VerifyRequest(request, context.history, context.last, context.permanentLsn));
    }

    /** The master has taken this site in: what it ignored before it answers now. */
    void accepted() {
        if (phase == SyncPhase.VERIFY) {
            verify();
        }
    }

    private boolean isFromMaster(Peer from) {
        return master.filter(from::equals).isPresent() && generation == context.generation();
    }

    void onVerifyAnswer(Peer from, Message.VerifyAnswer answer) {
        if (!isFromMaster(from)
                || phase != SyncPhase.VERIFY
                || answer.request() != request
                || answer.generation() != generation) {
            return;
        }
        if (context.history.contradicts(answer.history())) {
            context.panic("this site and the master " + from + " know different masterships of one generation: two"
                    + " masters have been, or a directory was copied back over a site; restore one as a new site");
            return;
        }
        mastershipId = answer.mastershipId();
        masterLsn = answer.masterLsn();
        if (answer.matchLsn() < context.last.lsn()) {
            giveUp(answer.matchLsn());
        } else if (answer.matchLsn() + 1 < answer.logStartLsn()) {
            initialise(answer.matchLsn());
        } else {
            provedLsn = answer.matchLsn();
            raisePermanent(answer.permanentLsn());
            proceed(answer);
        }
    }

    private void proceed(Message.VerifyAnswer answer) {
        if (answer.stream() > 0) {
            phase = SyncPhase.STREAM;
            stream = answer.stream();
            ackedLsn = 0;
            startupTargetLsn = Math.max(startupTargetLsn, answer.masterLsn());
            acknowledge();
            startupDoneIfReached();
        } else {
            phase = SyncPhase.CATCH_UP;
            startupTargetLsn = answer.masterLsn();
            catchup.begin(master.orElseThrow(), answer.masterLsn());
        }
    }

    /** Undoes what the master doesn't have; what a checkpoint brought, the log can't undo: another one replaces it. */
    private void giveUp(long matchLsn) {
        long undoableLsn = Math.max(matchLsn, context.logStartLsn - 1);
        if (!context.rules.mayUndo(matchLsn, context.permanentLsn)) {
            context.panic("the master's log parts from this site's at LSN " + matchLsn + ", below the permanent LSN "
                    + context.permanentLsn + ": a majority has lost what it acknowledged; nothing is undone here, keep"
                    + " this site's data");
        } else if (context.last.lsn() > undoableLsn) {
            rollBack(undoableLsn);
        } else {
            initialise(matchLsn);
        }
    }

    private void rollBack(long matchLsn) {
        phase = SyncPhase.ROLLBACK;
        rebuilding = true;
        context.emit(new Effect.Rollback(context.history.standingAt(context.rules.undoTo(matchLsn))));
    }

    void onRollbackDone(Input.RollbackDone done) {
        long from = done.last().lsn() + 1;
        long to = context.last.lsn();
        rebuilding = false;
        phase = SyncPhase.NONE;
        context.replace(done.last(), done.history(), done.members());
        context.fire(origin -> new RolledBack(origin, from, to, done.undone()));
        verify();
    }

    private void initialise(long matchLsn) {
        phase = SyncPhase.INITIALISE;
        rebuilding = true;
        initialisation.begin(master.orElseThrow(), matchLsn);
    }

    void onCheckpointOffered(Input.CheckpointOffered offer) {
        if (phase == SyncPhase.INITIALISE && !initialisation.accepts(offer)) {
            onInitialiseFailed();
        }
    }

    void onCheckpointFetched() {
        if (phase == SyncPhase.INITIALISE) {
            initialisation.install();
        }
    }

    void onProgress(Input.InitialiseProgress progress) {
        context.fire(origin ->
                new SyncProgress(origin, progress.bytesDone(), progress.bytesTotal(), progress.bytesPerSecond()));
    }

    void onInitialised(Input.Initialised done) {
        rebuilding = false;
        phase = SyncPhase.NONE;
        context.logStartLsn = done.last().lsn() + 1;
        context.replace(done.last(), done.history(), done.members());
        context.raisePermanent(done.permanentLsn());
        clearBar();
        context.fire(origin -> new InitDone(origin, done.last().lsn()));
        verify();
    }

    void onInitialiseFailed() {
        rebuilding = false;
        phase = master.isPresent() ? SyncPhase.VERIFY : SyncPhase.NONE;
        askedAtMicros = context.now;
    }

    private void clearBar() {
        boolean barred = !context.ballot.mustReach().equals(Standing.ZERO);
        if (barred
                && context.barred().isEmpty()
                && context.storedLsn >= context.ballot.mustReach().lsn()) {
            context.saveBallot(context.ballot.mustReach(Standing.ZERO));
        }
    }

    void onRangeAnswer(Peer from, Message.RangeAnswer answer) {
        if (phase != SyncPhase.CATCH_UP || !isFromMaster(from) || !catchup.isAnswerTo(from, answer)) {
            return;
        }
        Optional<RecordBatch> records = catchup.take(from, answer);
        if (records.isEmpty()) {
            verify();
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
        if (!isFromMaster(from) || append.generation() != generation) {
            return;
        }
        boolean expected = phase == SyncPhase.STREAM
                && append.stream() == stream
                && append.mastershipId().equals(mastershipId);
        if (!expected) {
            return;
        }
        masterLsn = Math.max(masterLsn, append.masterLsn());
        if (!context.rules.follows(context.last, append.previous())) {
            mismatch(append);
            return;
        }
        accept(append.records());
        raisePermanent(append.permanentLsn());
        startupDoneIfReached();
    }

    private void mismatch(Message.Append append) {
        if (context.rules.cutsForShortMessage() && append.records().lastLsn() < context.last.lsn()) {
            rollBack(append.records().lastLsn());
        } else {
            verify();
        }
    }

    private void accept(RecordBatch records) {
        context.emit(new Effect.Write(records));
        context.extend(records);
        provedLsn = context.last.lsn();
        if (!context.rules.ackWaitsForStorage()) {
            context.storedLsn = context.last.lsn();
            acknowledge();
        }
    }

    void onPermanentAdvance(Peer from, Message.PermanentAdvance advance) {
        if (isFromMaster(from) && advance.generation() == generation && advance.stream() == stream) {
            raisePermanent(advance.permanentLsn());
        }
    }

    void onStreamEnded(Peer from, Message.StreamEnded ended) {
        if (isFromMaster(from) && ended.generation() == generation && ended.stream() == stream && stream > 0) {
            verify();
        }
    }

    void onHeartbeat(Message.Heartbeat heartbeat) {
        masterMajorityAtMicros = context.now - heartbeat.majorityAgeMicros();
        masterLsn = Math.max(masterLsn, heartbeat.last().lsn());
        verifyIfBehind(heartbeat.last());
        long proved = phase == SyncPhase.STREAM ? provedLsn : 0;
        context.raisePermanent(
                context.rules.permanentByHeartbeat(heartbeat.permanentLsn(), proved, context.last.lsn()));
    }

    /** A heartbeat overtakes no record: what it names and this stream has not brought, the stream will not bring. */
    private void verifyIfBehind(Standing sent) {
        if (phase == SyncPhase.STREAM && sent.lsn() > context.last.lsn()) {
            verify();
        }
    }

    /** A client raises its own to the announced one, but not past what this stream has proved (protocol.md §3). */
    private void raisePermanent(long announced) {
        context.raisePermanent(Math.min(announced, provedLsn));
    }

    void stored() {
        clearBar();
        acknowledge();
        catchup.stored();
    }

    private void acknowledge() {
        long lsn = Math.min(context.storedLsn, provedLsn);
        if (phase == SyncPhase.STREAM
                && lsn > ackedLsn
                && generation == context.generation()
                && context.failure.isEmpty()
                && context.barred().isEmpty()) {
            ackedLsn = lsn;
            context.send(master.orElseThrow(), new Message.Ack(generation, stream, lsn));
        }
    }

    private void startupDoneIfReached() {
        if (context.last.lsn() >= startupTargetLsn && startedGeneration < generation) {
            startedGeneration = generation;
            everStarted = true;
            startupTargetLsn = 0;
            context.fire(origin -> new StartupDone(origin, generation));
        }
    }

    /** A master needs no start-up: it has what there is. */
    void becameMaster(long masterGeneration) {
        forget();
        everStarted = true;
        startedGeneration = masterGeneration;
        generation = masterGeneration;
    }

    long deadline() {
        long due = catchup.deadline();
        if (phase == SyncPhase.VERIFY) {
            due = Math.min(due, askedAtMicros + context.settings.times().heartbeatSendMicros());
        }
        if (master.isPresent()) {
            due = Math.min(
                    due, masterMajorityAtMicros + context.settings.times().quorumLossTimeoutMicros());
        }
        return due;
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
