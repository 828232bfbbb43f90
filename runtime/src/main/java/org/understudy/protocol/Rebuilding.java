package org.understudy.protocol;

import java.util.Optional;
import org.understudy.SyncPhase;
import org.understudy.event.InitDone;
import org.understudy.event.RolledBack;
import org.understudy.event.SyncProgress;

/** Log and data going backwards or being replaced; once begun it goes on, whatever becomes of the master (protocol.md §5). */
final class Rebuilding {
    private final ReplicaContext context;
    private final Initialisation initialisation;
    private boolean underWay;

    Rebuilding(ReplicaContext context) {
        this.context = context;
        this.initialisation = new Initialisation(context);
    }

    boolean isUnderWay() {
        return underWay;
    }

    void rollBack(long matchLsn) {
        underWay = true;
        context.emit(new Effect.Rollback(context.history.standingAt(context.rules.undoTo(matchLsn))));
    }

    /** Undoes what lies above the match point; where the log doesn't lead there, the source's checkpoint does. */
    SyncPhase goBack(Peer source, long matchLsn) {
        long undoableLsn = Math.max(matchLsn, context.logStartLsn - 1);
        if (context.last.lsn() > undoableLsn) {
            rollBack(undoableLsn);
            return SyncPhase.ROLLBACK;
        }
        initialise(source, matchLsn);
        return SyncPhase.INITIALISE;
    }

    void onRollbackDone(Input.RollbackDone done) {
        long from = done.last().lsn() + 1;
        long to = context.last.lsn();
        underWay = false;
        context.replace(done.last(), done.history(), context.rules.tableAfterUndoing(context.members, done.members()));
        context.fire(origin -> new RolledBack(origin, from, to, done.undone()));
    }

    void initialise(Peer source, long matchLsn) {
        underWay = true;
        initialisation.begin(source, matchLsn);
    }

    /** Takes a checkpoint of the source as far as the master's answer allows. */
    void initialise(Peer source, Message.VerifyAnswer answer) {
        underWay = true;
        initialisation.begin(source, answer.matchLsn(), Optional.of(answer.history()), answer.logStartLsn());
    }

    /** Whether the checkpoint is taken; if not, the source is let go of and there is nothing under way any more. */
    boolean offered(Input.CheckpointOffered offer) {
        underWay = initialisation.accepts(offer);
        return underWay;
    }

    void progressed(Input.InitialiseProgress progress) {
        context.fire(origin ->
                new SyncProgress(origin, progress.bytesDone(), progress.bytesTotal(), progress.bytesPerSecond()));
        if (underWay && context.rules.installsUnfinished(progress.bytesDone(), progress.bytesTotal())) {
            fetched();
        }
    }

    void fetched() {
        initialisation.install();
    }

    void onInitialised(Input.Initialised done) {
        underWay = false;
        context.logStartLsn = done.last().lsn() + 1;
        context.replace(done.last(), done.history(), done.members());
        context.raisePermanent(Math.min(done.permanentLsn(), done.last().lsn()));
        context.fire(origin -> new InitDone(origin, done.last().lsn()));
    }

    void failed() {
        underWay = false;
    }
}
