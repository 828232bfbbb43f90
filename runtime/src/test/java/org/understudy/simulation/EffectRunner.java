package org.understudy.simulation;

import java.util.NoSuchElementException;
import java.util.Optional;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Message;

/** Carries out effects exactly as they say, one after the other. */
final class EffectRunner {
    private static final long SERVE_MICROS = 300;

    private final SiteProcess process;

    EffectRunner(SiteProcess process) {
        this.process = process;
    }

    void run(Effect effect) {
        process.site().world().running(process.site(), effect);
        if (effect instanceof Effect.Send send) {
            process.send(send.to(), send.message());
        } else if (effect instanceof Effect.AcksAdvanced acks) {
            process.observer().counted(process.site(), acks.progress());
            process.waiters().advance(acks.progress());
        } else if (effect instanceof Effect.PermanentAdvanced permanent) {
            process.disk().store().permanent(permanent.permanentLsn());
            process.observer().permanent(process.site(), permanent.permanentLsn());
        } else if (effect instanceof Effect.Write write) {
            write(write.records());
        } else if (effect instanceof Effect.ShipFromLog ship) {
            ship(ship);
        } else if (effect instanceof Effect.SaveBallot save) {
            process.save(save.ballot());
        } else if (effect instanceof Effect.Fire fire) {
            process.observer().fired(process.site(), fire.event());
            process.application().fired(fire.event());
        } else {
            runConnection(effect);
        }
    }

    private void runConnection(Effect effect) {
        if (effect instanceof Effect.KeepConnected keep) {
            process.sessions().keep(keep.sites());
        } else if (effect instanceof Effect.ConnectNow now) {
            process.sessions().callNow(now.site());
        } else if (effect instanceof Effect.Disconnect disconnect) {
            process.sessions().close(disconnect.peer(), disconnect.reason());
        } else if (effect instanceof Effect.IdentityChanged identity) {
            process.identity(identity.groupId());
        } else if (effect instanceof Effect.ServeRange serve) {
            process.after(process.site().dice().until(SERVE_MICROS), () -> serve(serve));
        } else if (effect instanceof Effect.RoleChanged changed) {
            process.role(changed.role(), changed.generation());
        } else if (effect instanceof Effect.ForReader forReader) {
            process.readers().handle(forReader);
        } else if (effect instanceof Effect.OfForwarding forwarding) {
            process.forwards().handle(forwarding);
        } else if (effect instanceof Effect.CommandEnded ended) {
            process.application().ended(ended.request(), ended.result());
        } else if (effect instanceof Effect.Panic panic) {
            stop(panic.reason());
        } else {
            runLog(effect);
        }
    }

    /** Where a loss was admitted, a site that still has what was lost stops, and its operator has it begin anew. */
    private void stop(String reason) {
        if (process.site().world().isLossAdmitted()) {
            throw new EnvironmentCorruptedException(
                    new Place("simulated", Optional.of(process.site().name())), reason);
        }
        throw new Violation("no panic", process.site().name() + ": " + reason);
    }

    private void runLog(Effect effect) {
        if (effect instanceof Effect.OpenTail open) {
            process.tail().open(open);
        } else if (effect instanceof Effect.HoldTail) {
            process.tail().hold();
        } else if (effect instanceof Effect.ResumeTail) {
            process.tail().resume();
        } else if (effect instanceof Effect.CloseTail) {
            process.tail().close();
        } else if (effect instanceof Effect.RefuseCommits) {
            process.tail().refuse();
        } else if (effect instanceof Effect.AcceptCommits) {
            process.tail().accept();
        } else if (effect instanceof Effect.AppendControl control) {
            process.tail().control(control.kind(), control.payload());
        } else if (effect instanceof Effect.BeginLog begin) {
            process.tail().begin(begin.first().encode());
        } else if (effect instanceof Effect.Trim trim) {
            process.trimFlushed(trim.keepFromLsn());
        } else if (effect instanceof Effect.Rollback rollback) {
            process.writer().rollback(rollback.matchPoint());
        } else if (effect instanceof Effect.FetchCheckpoint fetch) {
            process.checkpointClient().fetch(fetch.source());
        } else if (effect instanceof Effect.AcceptCheckpoint) {
            process.checkpointClient().accept();
        } else if (effect instanceof Effect.RefuseCheckpoint) {
            process.checkpointClient().refuse();
        } else if (effect instanceof Effect.InstallCheckpoint) {
            process.checkpointClient().install();
        } else {
            throw new IllegalArgumentException("an effect the simulator does not know: " + effect);
        }
    }

    private void write(RecordBatch records) {
        for (LogRecord record : records) {
            process.observer().accepted(process.site(), record);
        }
        process.writer().write(records);
    }

    private void ship(Effect.ShipFromLog ship) {
        Standing previous = ship.previous();
        while (previous.lsn() < ship.toLsn()) {
            RecordBatch records = process.disk().log().read(previous.lsn() + 1, ship.toLsn(), rangeBytes());
            process.send(
                    ship.to(),
                    new Message.Append(
                            ship.generation(),
                            ship.mastershipId(),
                            ship.stream(),
                            previous,
                            records,
                            ship.permanentLsn(),
                            ship.toLsn()));
            previous = records.last();
        }
    }

    private void serve(Effect.ServeRange serve) {
        Message.RangeRequest request = serve.request();
        if (!process.settings().replica().sync().isSource()) {
            process.send(serve.to(), new Message.RangeAnswer(request.request(), serve.previous(), Optional.empty()));
            return;
        }
        Optional<RecordBatch> records;
        try {
            records = Optional.of(process.disk()
                    .log()
                    .read(request.fromLsn(), request.toLsn(), Math.min(request.maxBytes(), rangeBytes())));
        } catch (NoSuchElementException e) {
            records = Optional.empty();
        }
        process.send(serve.to(), new Message.RangeAnswer(request.request(), serve.previous(), records));
    }

    private int rangeBytes() {
        return process.settings().replica().sync().rangeBytes();
    }
}
