package org.understudy.site.drive;

import java.util.UUID;
import org.understudy.Place;
import org.understudy.ReplicationPanicException;
import org.understudy.net.Transport;
import org.understudy.protocol.Effect;
import org.understudy.site.commit.AppendedBatch;

/** Carries out each effect of a replica by giving it to the one whose duty it is. On the loop. */
public final class EffectCarrier implements Driver.Carrier {
    private final Place place;
    private final Transport transport;
    private final ClientWriter clientWriter;
    private final TailDuties tail;
    private final LogDuties log;
    private final CheckpointDuties checkpoints;
    private final ForwardDuties forwards;
    private final Announcements announcements;
    private final DiskWatch disk;
    private final Driver driver;
    private volatile UUID group;

    /**
     * Joins the duties.
     *
     * @param group the id of this site's group, or none
     */
    public EffectCarrier(
            Place place,
            UUID group,
            Transport transport,
            ClientWriter clientWriter,
            TailDuties tail,
            LogDuties log,
            CheckpointDuties checkpoints,
            ForwardDuties forwards,
            Announcements announcements,
            DiskWatch disk,
            Driver driver) {
        this.place = place;
        this.group = group;
        this.transport = transport;
        this.clientWriter = clientWriter;
        this.tail = tail;
        this.log = log;
        this.checkpoints = checkpoints;
        this.forwards = forwards;
        this.announcements = announcements;
        this.disk = disk;
        this.driver = driver;
    }

    /** The id of this site's group, or none. */
    public UUID group() {
        return group;
    }

    @Override
    public void carryOut(Effect effect) {
        if (effect instanceof Effect.Send send) {
            transport.send(send.to(), send.message());
        } else if (effect instanceof Effect.Write write) {
            clientWriter.write(write.records());
        } else if (effect instanceof Effect.AcksAdvanced acks) {
            tail.waiters().advance(acks.progress());
        } else if (effect instanceof Effect.PermanentAdvanced advanced) {
            announcements.permanentAdvanced(advanced.permanentLsn());
        } else if (effect instanceof Effect.Fire fire) {
            announcements.fire(fire);
        } else {
            carryOutRare(effect);
        }
    }

    private void carryOutRare(Effect effect) {
        if (effect instanceof Effect.SaveBallot save) {
            log.saveBallot(save.ballot());
        } else if (effect instanceof Effect.ShipFromLog ship) {
            log.ship(ship);
        } else if (effect instanceof Effect.Trim trim) {
            log.trim(trim);
        } else if (effect instanceof Effect.ServeRange range) {
            log.serve(range);
        } else if (effect instanceof Effect.Rollback rollback) {
            log.rollBack(rollback.matchPoint(), group);
        } else if (effect instanceof Effect.RoleChanged changed) {
            announcements.roleChanged(changed);
        } else if (effect instanceof Effect.CommandEnded ended) {
            announcements.commandEnded(ended);
        } else if (effect instanceof Effect.ForwardEnded ended) {
            announcements.forwardEnded(ended);
        } else if (effect instanceof Effect.OfForwarding forwarding) {
            forwards.take(forwarding);
        } else if (effect instanceof Effect.ForReader forReader) {
            announcements.forReader(forReader);
        } else if (effect instanceof Effect.Panic panic) {
            announcements.panicked(new ReplicationPanicException(place, panic.reason()));
        } else if (effect instanceof Effect.KeepConnected keep) {
            transport.keepConnected(keep.sites());
        } else if (effect instanceof Effect.ConnectNow connect) {
            transport.connectNow(connect.site());
        } else if (effect instanceof Effect.Disconnect disconnect) {
            transport.disconnect(disconnect.peer(), disconnect.reason());
        } else if (effect instanceof Effect.IdentityChanged identity) {
            group = identity.groupId();
            transport.identityChanged();
        } else {
            carryOutTail(effect);
        }
    }

    private void carryOutTail(Effect effect) {
        if (effect instanceof Effect.OpenTail open) {
            tail.open(open, group);
        } else if (effect instanceof Effect.HoldTail) {
            tail.hold();
        } else if (effect instanceof Effect.ResumeTail) {
            tail.resume();
        } else if (effect instanceof Effect.CloseTail close) {
            tail.close(close.reason());
        } else if (effect instanceof Effect.RefuseCommits refuse) {
            tail.refuse(refuse.permanentLsn());
        } else if (effect instanceof Effect.AcceptCommits) {
            tail.accept();
        } else if (effect instanceof Effect.AppendControl append) {
            tail.append(append);
        } else if (effect instanceof Effect.BeginLog begin) {
            tail.beginLog(begin, group);
        } else {
            carryOutInitialisation(effect);
        }
    }

    private void carryOutInitialisation(Effect effect) {
        if (effect instanceof Effect.FetchCheckpoint fetch) {
            checkpoints.client().fetch(fetch.source());
        } else if (effect instanceof Effect.AcceptCheckpoint) {
            checkpoints.client().accept();
        } else if (effect instanceof Effect.RefuseCheckpoint refuse) {
            checkpoints.client().refuse(refuse.reason());
        } else if (effect instanceof Effect.InstallCheckpoint) {
            checkpoints.install();
        } else {
            throw new IllegalStateException("[" + place + "] nobody carries out " + effect);
        }
    }

    @Override
    public void written(AppendedBatch batch) {
        tail.written(batch);
    }

    @Override
    public void turnEnds() {
        clientWriter.settle(transport::flush);
        transport.flush();
        announcements.turnEnded();
    }

    @Override
    public long nextDeadlineMicros() {
        long due = Math.min(tail.nextDeadlineMicros(), announcements.nextDeadlineMicros());
        return Math.min(due, disk.nextDeadlineMicros(Driver.nowMicros()));
    }

    @Override
    public void tick(long nowMicros) {
        tail.tick();
        checkpoints.client().tick();
        disk.tick(driver::input);
    }

    @Override
    public void brokeDown(Throwable failure) {
        announcements.panicked(new ReplicationPanicException(
                place,
                "A fault in the library itself stopped this site: " + failure
                        + "; restart it, and report the stack trace",
                failure));
    }
}
