package org.understudy.simulation.exhaustive;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;
import org.understudy.net.WireCodec;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** One state of the group: three sites, and the set of messages under way. Every move makes a new one. */
final class SmallGroup {
    private static final long NOW = 1_000_000_000L;

    private final SmallSite[] sites;
    private final List<Parcel> underWay;
    private final Promises promises;
    private int commitsLeft;
    private int crashesLeft;
    private final Bounds bounds;

    /** Sites that this state shares with the one it came from. */
    private final boolean[] shared = {true, true, true};

    private SmallGroup(
            SmallSite[] sites, List<Parcel> underWay, Promises promises, int commits, int crashes, Bounds bounds) {
        this.sites = sites;
        this.underWay = underWay;
        this.promises = promises;
        this.commitsLeft = commits;
        this.crashesLeft = crashes;
        this.bounds = bounds;
    }

    /** The group with site a master of generation 1, and the others streaming; so much may happen from here. */
    static SmallGroup established(SmallSite.Cores cores, Bounds bounds) {
        SmallSite[] sites = new SmallSite[Member3.SITES];
        for (int site = 0; site < sites.length; site++) {
            sites[site] = SmallSite.fresh(cores, site);
        }
        SmallGroup group = new SmallGroup(sites, new ArrayList<>(), new Promises(), 0, 0, new Bounds(0, 0, 1, true));
        Arrays.fill(group.shared, false);
        for (int site = 0; site < sites.length; site++) {
            group.handle(site, new Input.Start(1, false, List.of(), 1));
        }
        for (int one = 0; one < sites.length; one++) {
            for (int other = 0; other < sites.length; other++) {
                if (one != other) {
                    group.handle(one, new Input.Connected(Member3.peer(other), Member3.GROUP));
                }
            }
        }
        group.apply(new Move(Move.Kind.STAND, 0, 0));
        Optional<Move> next = group.quiet();
        while (next.isPresent()) {
            group.apply(next.get());
            next = group.quiet();
        }
        return new SmallGroup(sites, group.underWay, group.promises, bounds.commits(), bounds.crashes(), bounds);
    }

    private Optional<Move> quiet() {
        return moves().stream().filter(move -> move.kind() != Move.Kind.STAND).findFirst();
    }

    /** Whether a master leads both others. */
    boolean isEstablished() {
        long equal = Arrays.stream(sites)
                .filter(site -> site.forced == promises.permanentCount())
                .count();
        return sites[0].tail == 1 && equal == sites.length;
    }

    /** Everything that may happen next. */
    List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        Set<Integer> begun = new HashSet<>();
        for (Parcel parcel : underWay) {
            if (begun.add(parcel.link()) || !bounds.inOrder()) {
                moves.add(new Move(Move.Kind.DELIVER, parcel.to(), parcel.id()));
            }
        }
        for (SmallSite site : sites) {
            if (site.forced < site.log.size()) {
                moves.add(new Move(Move.Kind.FORCE, site.number, 0));
            }
            if (site.tail > 0 && commitsLeft > 0) {
                moves.add(new Move(Move.Kind.COMMIT, site.number, 0));
            }
            if (site.tail == 0 && site.ballot.highestGeneration() < bounds.generations()) {
                moves.add(new Move(Move.Kind.STAND, site.number, 0));
            }
            if (crashesLeft > 0) {
                moves.add(new Move(Move.Kind.KILL, site.number, site.log.size()));
                if (site.forced < site.log.size()) {
                    moves.add(new Move(Move.Kind.POWER_CUT, site.number, site.forced));
                }
            }
        }
        return moves;
    }

    /** The state behind a move; a broken promise is a {@link org.understudy.simulation.Violation}. */
    SmallGroup after(Move move) {
        SmallGroup next = new SmallGroup(
                sites.clone(), new ArrayList<>(underWay), promises.copy(), commitsLeft, crashesLeft, bounds);
        next.apply(move);
        return next;
    }

    /** What a move is, in words. */
    String describe(Move move) {
        return move.kind() == Move.Kind.DELIVER
                ? "deliver " + find(move.detail())
                : move.kind() + " " + Member3.name(move.site()) + (move.detail() == 0 ? "" : " keeps " + move.detail());
    }

    private void apply(Move move) {
        switch (move.kind()) {
            case DELIVER -> {
                Parcel parcel = find(move.detail());
                underWay.remove(parcel);
                handle(parcel.to(), new Input.Received(Member3.peer(parcel.from()), parcel.message()));
            }
            case FORCE -> force(own(move.site()));
            case COMMIT -> {
                commitsLeft--;
                SmallSite site = own(move.site());
                append(
                        site,
                        RecordKind.TRANSACTION,
                        ByteBuffer.allocate(4).putInt(commitsLeft).array());
            }
            case STAND -> stand(own(move.site()));
            default -> crash(move.site(), (int) move.detail());
        }
    }

    private Parcel find(long id) {
        return underWay.stream().filter(parcel -> parcel.id() == id).findFirst().orElseThrow();
    }

    private SmallSite own(int number) {
        if (shared[number]) {
            sites[number] = sites[number].copy();
            shared[number] = false;
        }
        sites[number].touched();
        return sites[number];
    }

    private void force(SmallSite site) {
        site.forced = site.log.size();
        handle(site.number, new Input.Stored(site.last()));
    }

    /** A site may stand at any time, for whatever reason: here its master says so, or somebody when it knows none. */
    private void stand(SmallSite site) {
        Optional<String> master = site.replica.view(NOW).master();
        int from = master.map(Member3::number)
                .filter(known -> known != site.number)
                .orElse((site.number + 1) % 3);
        handle(
                site.number,
                new Input.Received(
                        Member3.peer(from), new Message.StandNow(site.ballot.highestGeneration(), site.last())));
    }

    /** The process ends and a new one begins; what was under way to and from it is lost. */
    private void crash(int number, int left) {
        crashesLeft--;
        underWay.removeIf(parcel -> parcel.from() == number || parcel.to() == number);
        sites[number] = sites[number].restarted(left);
        shared[number] = false;
        handle(number, new Input.Start(1, false, List.of(), 1));
        for (int other = 0; other < sites.length; other++) {
            if (other != number) {
                handle(other, new Input.Disconnected(Member3.peer(number), "died"));
                handle(other, new Input.Connected(Member3.peer(number), Member3.GROUP));
                handle(number, new Input.Connected(Member3.peer(other), Member3.GROUP));
            }
        }
    }

    private void append(SmallSite site, RecordKind kind, byte[] payload) {
        long lsn = site.log.size() + 1L;
        RecordBatch batch =
                new RecordBatchBuilder().add(site.tail, lsn, kind, payload).build();
        write(site, batch);
        if (kind == RecordKind.GENERATION) {
            promises.mastershipBegins(site);
        }
        handle(site.number, new Input.Appended(batch));
    }

    private void write(SmallSite site, RecordBatch records) {
        records.forEach(site.log::add);
        promises.logsMatch(site, sites);
    }

    private void handle(int number, Input input) {
        SmallSite site = own(number);
        Deque<Input> inputs = new ArrayDeque<>(List.of(input));
        while (!inputs.isEmpty()) {
            List<Effect> effects = new ArrayList<>();
            site.settle();
            site.replica.handle(NOW, inputs.poll(), effects::add);
            effects.forEach(effect -> run(site, effect, inputs));
        }
    }

    private void run(SmallSite site, Effect effect, Deque<Input> inputs) {
        if (effect instanceof Effect.Send send) {
            send(site, Member3.number(send.to().name()), send.to(), send.message());
        } else if (effect instanceof Effect.SaveBallot save) {
            promises.ballotReplaced(site, save.ballot());
            site.ballot = save.ballot();
        } else if (effect instanceof Effect.Write write) {
            write(site, write.records());
        } else if (effect instanceof Effect.OpenTail open) {
            site.tail = open.generation();
            site.settle();
            append(site, RecordKind.GENERATION, open.generationStart());
        } else if (effect instanceof Effect.CloseTail) {
            site.tail = 0;
        } else if (effect instanceof Effect.PermanentAdvanced permanent) {
            promises.permanent(site, permanent.permanentLsn(), sites);
            site.permanentLsn = permanent.permanentLsn();
        } else if (effect instanceof Effect.ShipFromLog ship) {
            send(
                    site,
                    Member3.number(ship.to().name()),
                    ship.to(),
                    new Message.Append(
                            ship.generation(),
                            ship.mastershipId(),
                            ship.stream(),
                            ship.previous(),
                            site.batch(ship.previous().lsn() + 1, ship.toLsn()),
                            ship.permanentLsn(),
                            ship.toLsn()));
        } else if (effect instanceof Effect.Rollback rollback) {
            promises.undone(site, rollback.matchPoint());
            site.log.subList((int) rollback.matchPoint().lsn(), site.log.size()).clear();
            site.forced = Math.min(site.forced, site.log.size());
            inputs.add(new Input.RollbackDone(site.last(), site.history(), Member3.table(), List.of()));
        } else if (effect instanceof Effect.Panic panic) {
            promises.panic(site, panic.reason());
        } else {
            promises.isHarmless(effect);
        }
    }

    private void send(SmallSite from, int to, Peer peer, Message message) {
        promises.sent(from, peer, message);
        if (matters(message)) {
            long bytes = Arrays.hashCode(WireCodec.encode(message).toByteArray());
            long id = ObjectGraph.mix(bytes * 9 + from.number * 3L + to);
            boolean known = underWay.stream().anyMatch(parcel -> parcel.id() == id);
            if (!known) {
                underWay.add(new Parcel(from.number, to, message, id));
            }
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

    /** A number equal for equal states, and hardly ever for others. */
    long hash() {
        long all = ObjectGraph.mix(commitsLeft * 31L + crashesLeft);
        for (SmallSite site : sites) {
            all = ObjectGraph.mix(all * 31 + site.hash());
        }
        long parcels = 0;
        Map<Integer, Integer> places = new HashMap<>();
        for (Parcel parcel : underWay) {
            int place = bounds.inOrder() ? places.merge(parcel.link(), 1, Integer::sum) : 0;
            parcels += ObjectGraph.mix(parcel.id() + place);
        }
        return ObjectGraph.mix(all + 31 * parcels + 37 * promises.hash());
    }
}
