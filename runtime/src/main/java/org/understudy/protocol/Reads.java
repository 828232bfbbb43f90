package org.understudy.protocol;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.understudy.Outcome;
import org.understudy.Standing;

/**
 * Reads that ask for more than the newest snapshot here (protocol.md §7). For each it finds out what its snapshot has to
 * hold, the <em>floor</em>; has the snapshot taken; and judges it by its standing, never by its LSN alone. A snapshot that
 * was overtaken by a rollback begins anew, until the read's time is over.
 */
final class Reads {
    /** A refused confirmation is asked for again after so long. */
    private static final long ASK_AGAIN_MICROS = 50_000;

    private final ReplicaContext context;
    private final Roles roles;
    private final Outcomes outcomes;
    private final Map<Long, PendingRead> pending = new TreeMap<>();

    private long lastAsk;

    /** As of when the master's word covered all that was permanent, and what it covered. */
    private long freshAtMicros = PeerState.NEVER;

    private Standing freshFloor = Standing.ZERO;

    Reads(ReplicaContext context, Roles roles, Outcomes outcomes) {
        this.context = context;
        this.roles = roles;
        this.outcomes = outcomes;
    }

    void begin(Input.BeginRead input) {
        PendingRead read = new PendingRead(input.request(), input.goal(), context.now + input.timeoutMicros());
        pending.put(read.request, read);
    }

    /** A snapshot was taken for a read. */
    void taken(Input.SnapshotTaken input) {
        PendingRead read = pending.get(input.request());
        if (read != null && read.stage == PendingRead.Stage.SNAPSHOT && read.attempt == input.attempt()) {
            read.snapshot = input.snapshot();
            read.stage = PendingRead.Stage.PERMANENCE;
        }
    }

    /** The master answers a heartbeat of this site: what it held then, and how old its last proof of mastership was. */
    void onHeartbeatAnswer(Peer from, Message.HeartbeatAnswer answer) {
        boolean current = roles.client().master().filter(from::equals).isPresent()
                && answer.generation() == context.generation()
                && answer.last().generation() == answer.generation()
                && answer.confirmedAgeMicros() >= 0
                && answer.number() <= context.now
                && answer.number() > context.untrustedMicros;
        if (current && answer.number() - answer.confirmedAgeMicros() > freshAtMicros) {
            freshAtMicros = answer.number() - answer.confirmedAgeMicros();
            freshFloor = answer.last();
        }
    }

    /** The machine may have slept: what is known may be older than its clock says, and every age is proved anew (§7). */
    void clocksDisagree() {
        freshAtMicros = PeerState.NEVER;
        freshFloor = Standing.ZERO;
        pending.values().stream()
                .filter(read -> read.goal instanceof ReadGoal.Within)
                .forEach(PendingRead::restart);
    }

    /** Another site's read asks this one for a confirmation. */
    void onConfirmRequest(Peer from, Message.ConfirmRequest request) {
        if (roles.master().isPresent() && context.memberOf(from).isPresent()) {
            roles.master()
                    .get()
                    .confirm(floor -> context.send(
                            from,
                            new Message.ConfirmAnswer(request.ask(), floor.isPresent(), floor.orElse(Standing.ZERO))));
        } else {
            context.send(from, new Message.ConfirmAnswer(request.ask(), false, Standing.ZERO));
        }
    }

    void onConfirmAnswer(Peer from, Message.ConfirmAnswer answer) {
        Optional<Standing> floor = answer.confirmed() ? Optional.of(answer.floor()) : Optional.empty();
        pending.values().stream()
                .filter(read -> read.ask == answer.ask() && from.equals(read.asked))
                .forEach(read -> confirmed(read, answer.ask(), floor));
    }

    private void confirmed(PendingRead read, long ask, Optional<Standing> floor) {
        if (read.ask != ask || read.asked == null || read.stage != PendingRead.Stage.FLOOR) {
            return;
        }
        read.asked = null;
        if (floor.isPresent()) {
            read.floor = floor.get();
            read.freshAtMicros = read.askedAtMicros;
        } else {
            read.askAgainMicros = context.now + ASK_AGAIN_MICROS;
        }
    }

    /** Takes every read as far as it goes now. */
    void advance() {
        if (pending.isEmpty()) {
            return;
        }
        for (PendingRead read : new ArrayList<>(pending.values())) {
            advance(read);
        }
    }

    private void advance(PendingRead read) {
        if (read.stage == PendingRead.Stage.PERMANENCE) {
            judge(read);
        } else if (read.stage == PendingRead.Stage.SNAPSHOT
                && !context.rules.mayAnswer(true, context.holds(read.floor), true)) {
            read.restart();
        }
        if (read.stage == PendingRead.Stage.FLOOR && pending.containsKey(read.request) && findFloor(read)) {
            read.stage = PendingRead.Stage.SNAPSHOT;
            context.emit(new Effect.TakeSnapshot(read.request, ++read.attempt, read.floor.lsn()));
        }
        if (pending.containsKey(read.request) && context.now >= read.endMicros) {
            fail(read, lateness(read));
        }
    }

    /** A snapshot of this standing is in this site's history and holds the floor; what is permanent in it, stays. */
    private void judge(PendingRead read) {
        boolean answers = context.rules.mayAnswer(
                context.holds(read.snapshot), context.holds(read.floor), read.snapshot.lsn() >= read.floor.lsn());
        if (!answers || isStale(read) || hasLostLease(read)) {
            read.restart();
        } else if (!read.waitsForPermanence() || isPermanent(read)) {
            pending.remove(read.request);
            context.emit(new Effect.ReadConfirmed(read.request));
        }
    }

    private boolean isPermanent(PendingRead read) {
        boolean latest = read.goal instanceof ReadGoal.Latest;
        return read.snapshot.lsn() <= context.permanentLsn || (latest && !context.rules.latestWaitsForPermanence());
    }

    /** A lease is looked at again after the read (protocol.md §4.5). */
    private boolean hasLostLease(PendingRead read) {
        return read.byLease
                && roles.openMaster().filter(master -> master.lease().isValid()).isEmpty();
    }

    private boolean isStale(PendingRead read) {
        return read.goal instanceof ReadGoal.Within within && context.now - read.freshAtMicros > within.micros();
    }

    private boolean findFloor(PendingRead read) {
        if (read.goal instanceof ReadGoal.Permanent) {
            return true;
        }
        if (read.goal instanceof ReadGoal.AtLeast atLeast) {
            return findCommit(read, atLeast.commit());
        }
        boolean gone = !context.holds(read.floor) && read.floor.generation() < context.generation();
        if (read.hasFreshness() && (gone || isStale(read))) {
            read.restart();
        }
        if (!read.hasFreshness() && read.goal instanceof ReadGoal.Within within) {
            takeKnownFreshness(read, within.micros());
        }
        if (!read.hasFreshness()) {
            askForConfirmation(read);
        }
        return read.hasFreshness() && context.holds(read.floor);
    }

    private boolean findCommit(PendingRead read, Standing commit) {
        Outcome outcome = outcomes.of(commit);
        if (outcome == Outcome.ROLLED_BACK) {
            fail(read, ReadFailure.ROLLED_BACK);
        } else if (outcome == Outcome.UNKNOWN && outcomes.isImpossible(commit)) {
            fail(read, ReadFailure.UNKNOWN);
        }
        read.floor = commit;
        return outcome == Outcome.PERMANENT || outcome == Outcome.APPLIED;
    }

    private void takeKnownFreshness(PendingRead read, long micros) {
        Optional<MasterRole> master = roles.openMaster();
        long freshAt = master.map(MasterRole::confirmedAtMicros).orElse(freshAtMicros);
        Standing floor = master.isPresent() ? context.last : freshFloor;
        if (context.now - freshAt <= micros && context.holds(floor)) {
            read.freshAtMicros = freshAt;
            read.floor = floor;
        }
    }

    private void askForConfirmation(PendingRead read) {
        Optional<MasterRole> here = roles.master();
        Optional<Peer> elsewhere = roles.client().master();
        Object whom = here.isPresent() ? here.get() : elsewhere.orElse(null);
        boolean same = whom == null || (whom.equals(read.asked) && read.askedGeneration == context.generation());
        if (same || context.now < read.askAgainMicros) {
            read.asked = whom == null ? null : read.asked;
            return;
        }
        read.asked = whom;
        read.askedGeneration = context.generation();
        read.askedAtMicros = context.now;
        read.ask = nextAsk();
        long ask = read.ask;
        if (!context.rules.confirmsLatest()) {
            confirmed(read, ask, Optional.of(context.last));
        } else if (here.isPresent()) {
            read.byLease = here.get().lease().isValid();
            here.get().confirm(floor -> confirmed(read, ask, floor));
        } else {
            context.send(elsewhere.get(), new Message.ConfirmRequest(ask));
        }
    }

    /** A master may still answer what an earlier life of this process asked: a number of this one is none of that. */
    private long nextAsk() {
        lastAsk = lastAsk == 0 ? context.random.nextLong() >>> 1 : lastAsk + 1;
        return lastAsk;
    }

    private ReadFailure lateness(PendingRead read) {
        boolean replaced = read.goal instanceof ReadGoal.AtLeast atLeast
                && atLeast.commit().lsn() <= context.last.lsn()
                && !context.holds(atLeast.commit());
        return replaced ? ReadFailure.UNKNOWN : ReadFailure.LATE;
    }

    private void fail(PendingRead read, ReadFailure why) {
        if (pending.remove(read.request) != null) {
            context.emit(new Effect.ReadFailed(read.request, why, obstacle(read)));
        }
    }

    private String obstacle(PendingRead read) {
        return switch (read.stage) {
            case SNAPSHOT -> "LSN " + read.floor.lsn() + " is not applied yet";
            case PERMANENCE ->
                "its snapshot " + read.snapshot + " is not permanent yet, LSN " + context.permanentLsn + " is";
            case FLOOR ->
                roles.masterName().isEmpty()
                        ? "no master is known"
                        : "the log here reaches " + context.last + ", the master is " + roles.masterName();
        };
    }

    long deadline() {
        long due = Long.MAX_VALUE;
        for (PendingRead read : pending.values()) {
            due = Math.min(due, read.endMicros);
            if (read.stage == PendingRead.Stage.FLOOR && read.askAgainMicros > context.now) {
                due = Math.min(due, read.askAgainMicros);
            }
        }
        return due;
    }
}
