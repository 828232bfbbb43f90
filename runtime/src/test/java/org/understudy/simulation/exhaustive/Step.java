package org.understudy.simulation.exhaustive;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** One move of one site, carried out with the real core on a copy of its state; what a site may never do is checked here. */
final class Step {
    private static final long NOW = 1_000_000_000L;

    final SmallSite site;
    final List<Parcel> sent = new ArrayList<>();
    final List<Deed> deeds = new ArrayList<>();

    private Step(SmallSite site) {
        this.site = site;
    }

    /** Does what the move says. */
    static Step of(SmallSite before, SiteMove move, IntFunction<Parcel> parcels) {
        boolean begins = move.kind() == SiteMove.Kind.RESTART;
        Step step = new Step(begins ? before.restarted(move.detail()) : before.copy());
        step.perform(move, parcels);
        return step;
    }

    private void perform(SiteMove move, IntFunction<Parcel> parcels) {
        switch (move.kind()) {
            case DELIVER -> {
                Parcel parcel = parcels.apply(move.detail());
                handle(new Input.Received(Member3.peer(parcel.from()), parcel.message()));
            }
            case FORCE -> {
                site.forced = site.log.size();
                handle(new Input.Stored(site.last()));
            }
            case COMMIT ->
                append(
                        RecordKind.TRANSACTION,
                        ByteBuffer.allocate(4).putInt(move.detail()).array());
            case STAND -> stand();
            case LOSE -> handle(new Input.Disconnected(Member3.peer(move.detail()), "died"));
            case CONNECT -> handle(new Input.Connected(Member3.peer(move.detail()), Member3.GROUP));
            default -> handle(new Input.Start(1, false, List.of(), 1));
        }
    }

    /** A site may stand at any time, for whatever reason: here its master says so, or somebody when it knows none. */
    private void stand() {
        int from = site.replica
                .view(NOW)
                .master()
                .map(Member3::number)
                .filter(known -> known != site.number)
                .orElse((site.number + 1) % Member3.SITES);
        handle(new Input.Received(
                Member3.peer(from), new Message.StandNow(site.ballot.highestGeneration(), site.last())));
    }

    private void append(RecordKind kind, byte[] payload) {
        long lsn = site.log.size() + 1L;
        RecordBatch batch =
                new RecordBatchBuilder().add(site.tail, lsn, kind, payload).build();
        write(batch);
        if (kind == RecordKind.GENERATION) {
            deeds.add(new Deed.BecameMaster(site.tail, List.copyOf(site.log)));
        }
        handle(new Input.Appended(batch));
    }

    private void write(RecordBatch records) {
        records.forEach(site.log::add);
        deeds.add(new Deed.Wrote(List.copyOf(site.log)));
    }

    private void handle(Input first) {
        Deque<Input> inputs = new ArrayDeque<>(List.of(first));
        while (!inputs.isEmpty()) {
            List<Effect> effects = new ArrayList<>();
            site.settle();
            site.replica.handle(NOW, inputs.poll(), effects::add);
            effects.forEach(effect -> run(effect, inputs));
        }
    }

    private void run(Effect effect, Deque<Input> inputs) {
        if (effect instanceof Effect.Send send) {
            send(send.to(), send.message());
        } else if (effect instanceof Effect.SaveBallot save) {
            Conduct.ballotReplaced(site, save.ballot());
            site.ballot = save.ballot();
        } else if (effect instanceof Effect.Write write) {
            write(write.records());
        } else if (effect instanceof Effect.OpenTail open) {
            site.tail = open.generation();
            site.settle();
            append(RecordKind.GENERATION, open.generationStart());
        } else if (effect instanceof Effect.CloseTail) {
            site.tail = 0;
        } else if (effect instanceof Effect.PermanentAdvanced permanent) {
            deeds.add(new Deed.CalledPermanent(permanent.permanentLsn(), List.copyOf(site.log), site.forced));
            site.permanentLsn = permanent.permanentLsn();
        } else if (effect instanceof Effect.ShipFromLog ship) {
            ship(ship);
        } else if (effect instanceof Effect.Rollback rollback) {
            Conduct.undone(site, rollback.matchPoint());
            site.log.subList((int) rollback.matchPoint().lsn(), site.log.size()).clear();
            site.forced = site.log.size(); // the data is flushed, and before that the log is forced (protocol.md §2.1)
            inputs.add(new Input.RollbackDone(site.last(), site.history(), Member3.table(), List.of()));
        } else {
            Conduct.isHarmless(site, effect);
        }
    }

    private void ship(Effect.ShipFromLog ship) {
        send(
                ship.to(),
                new Message.Append(
                        ship.generation(),
                        ship.mastershipId(),
                        ship.stream(),
                        ship.previous(),
                        site.batch(ship.previous().lsn() + 1, ship.toLsn()),
                        ship.permanentLsn(),
                        ship.toLsn()));
    }

    private void send(Peer to, Message message) {
        Conduct.sent(site, to, message, deeds::add);
        if (matters(message)) {
            sent.add(Parcel.of(site.number, Member3.number(to.name()), message));
        }
    }

    /** What keeps connections alive or finds a candidate is lost: here nothing times out, and anybody may stand. */
    private static boolean matters(Message message) {
        return message instanceof Message.Heartbeat heartbeat
                ? heartbeat.master()
                : !(message instanceof Message.HeartbeatAnswer
                        || message instanceof Message.CanvassRequest
                        || message instanceof Message.CanvassAnswer
                        || message instanceof Message.Nominate);
    }
}
