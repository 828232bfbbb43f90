package org.understudy.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.understudy.Role;
import org.understudy.log.ForwardId;
import org.understudy.log.ForwardSession;

/**
 * The writes this site forwards: kept until they are answered and their commit is here, and sent again under the same id to
 * every next master (protocol.md §9). A process has a session of its own, so no number is ever used again.
 */
final class ForwardClient {
    /** After this long without an answer it is sent again on the same connection, then after twice as long, and so on. */
    private static final long SEND_AGAIN_MICROS = 1_000_000;

    /** A mastership is asked again after this long when it was over or not begun. */
    private static final long ASK_AGAIN_MICROS = 100_000;

    /** Where the master is: another site, or this one. */
    private record Route(Peer master, long generation) {}

    private final ReplicaContext context;
    private final Roles roles;
    private final ForwardServer server;
    private final Map<Long, PendingForward> pending = new TreeMap<>();
    /** Numbers whose writes were given up unanswered: their commits are kept findable for a while. */
    private final TreeSet<Long> givenUp = new TreeSet<>();

    private Optional<UUID> session = Optional.empty();
    private Optional<Route> route = Optional.empty();
    private long nextNumber;
    private long lastOpening;
    private long openAgainMicros;

    ForwardClient(ReplicaContext context, Roles roles, ForwardServer server) {
        this.context = context;
        this.roles = roles;
        this.server = server;
    }

    void begin(Input.ForwardWrite write) {
        PendingForward fresh = new PendingForward(write, context.now);
        if (context.role == Role.UNKNOWN) {
            end(fresh, new ForwardResult.Unavailable("this site takes no part in its group now: start it first"));
            return;
        }
        context.tally.forwarded();
        pending.put(write.request(), fresh);
        advance();
    }

    /** Ends what can be ended, and sends what is due. */
    void advance() {
        if (pending.isEmpty()) {
            return;
        }
        findMaster();
        for (PendingForward write : new ArrayList<>(pending.values())) {
            if (write.commit().filter(context::holds).isPresent()) {
                end(write, new ForwardResult.Answered(write.answer.orElseThrow()));
            } else if (context.now >= write.endMicros) {
                giveUp(write);
            }
        }
        if (route.isPresent() && !pending.isEmpty()) {
            if (session.isEmpty()) {
                openSession(route.get());
            } else {
                pending.values().stream().filter(this::isDue).toList().forEach(write -> send(write, route.get()));
            }
        }
    }

    private void findMaster() {
        Optional<Route> now = roles.openMaster().isPresent()
                ? Optional.of(new Route(self(), context.generation()))
                : roles.client().master().map(master -> new Route(master, context.generation()));
        if (!now.equals(route)) {
            route = now;
            openAgainMicros = 0;
            pending.values().forEach(write -> write.routeChanged(context.now));
        }
    }

    private Peer self() {
        return new Peer(context.settings.localSite(), context.ballot.incarnation());
    }

    private boolean isDue(PendingForward write) {
        if (context.now < write.sendAtMicros) {
            return false;
        }
        UUID current = session.orElseThrow();
        if (write.id.isEmpty() && nextNumber < lowestPending(current) + ForwardSession.MOST_OPEN) {
            write.id = Optional.of(new ForwardId(current, nextNumber++));
        }
        return write.id.isPresent();
    }

    private void openSession(Route to) {
        if (context.now < openAgainMicros) {
            return;
        }
        openAgainMicros = context.now + SEND_AGAIN_MICROS;
        Message.OpenSession message = new Message.OpenSession(to.generation(), ++lastOpening);
        if (to.master().equals(self())) {
            server.onOpenSession(to.master(), message);
        } else {
            context.send(to.master(), message);
        }
    }

    void onSessionOpened(Message.SessionOpened opened) {
        if (opened.request() != lastOpening || session.isPresent()) {
            return;
        }
        if (opened.session().isPresent()) {
            session = opened.session();
            nextNumber = 1;
            givenUp.clear();
        } else {
            List.copyOf(pending.values()).stream()
                    .filter(write -> !write.isDoubtful())
                    .forEach(write -> end(write, new ForwardResult.Answered(new ForwardAnswer.NotServed())));
        }
        advance();
    }

    private void send(PendingForward write, Route to) {
        boolean again = write.leaves(to.generation(), context.now, SEND_AGAIN_MICROS);
        ForwardId id = write.id.orElseThrow();
        if (again && !context.rules.keepsForwardNumber()) {
            id = new ForwardId(id.session(), nextNumber++);
            write.id = Optional.of(id);
        }
        Message.Forward message = new Message.Forward(
                to.generation(), id, lowestOpen(id.session()), again, write.write.terms(), write.write.commit());
        if (to.master().equals(self())) {
            server.onForward(to.master(), message);
        } else {
            context.send(to.master(), message);
        }
    }

    /** The lowest number that an answer is still waited for. */
    private long lowestPending(UUID of) {
        return pending.values().stream()
                .flatMap(write -> write.id.stream())
                .filter(id -> id.session().equals(of))
                .mapToLong(ForwardId::number)
                .min()
                .orElse(nextNumber);
    }

    /** What was given up lately counts as open, so that its outcome can still be asked for. */
    private long lowestOpen(UUID of) {
        givenUp.headSet(nextNumber - ForwardSession.MOST_OPEN + 1).clear();
        long lowest = lowestPending(of);
        return givenUp.isEmpty() || session.filter(of::equals).isEmpty() ? lowest : Math.min(lowest, givenUp.first());
    }

    void onAnswer(Message.Forwarded forwarded) {
        Optional<PendingForward> found = pending.values().stream()
                .filter(write -> write.isAwaiting(forwarded.id(), forwarded.generation()))
                .findFirst();
        if (found.isEmpty()) {
            return; // of a mastership that was not the last one asked, so another may have done it since
        }
        take(found.get(), forwarded.answer());
        advance();
    }

    private void take(PendingForward write, ForwardAnswer answer) {
        write.answered(answer);
        if (answer instanceof ForwardAnswer.Done || answer instanceof ForwardAnswer.TooFewAcks) {
            return; // until it is here too
        }
        if (answer instanceof ForwardAnswer.NotMaster || answer instanceof ForwardAnswer.Lost) {
            write.sendAtMicros = context.now + ASK_AGAIN_MICROS;
        } else if (answer instanceof ForwardAnswer.UnknownId unknown
                && !unknown.sessionKnown()
                && !write.isDoubtful()) {
            session = session.filter(
                    current -> !current.equals(write.id.orElseThrow().session()));
            write.id = Optional.empty();
            write.sendAtMicros = context.now;
        } else if (answer instanceof ForwardAnswer.UnknownId) {
            end(write, unknown(write, "the master keeps no account of it"));
        } else if (answer instanceof ForwardAnswer.NotServed && write.isDoubtful()) {
            end(write, unknown(write, "the new master serves no forwarded writes"));
        } else {
            end(write, new ForwardResult.Answered(answer));
        }
    }

    private void giveUp(PendingForward write) {
        if (write.commit().isPresent()) {
            end(write, unknown(write, "the master has committed it, but it did not come here in time"));
        } else if (write.isDoubtful() || write.open) {
            write.id
                    .filter(id -> session.filter(id.session()::equals).isPresent())
                    .ifPresent(id -> givenUp.add(id.number()));
            end(write, unknown(write, "the master's answer did not come in time"));
        } else {
            String obstacle = route.isEmpty() ? "no master is known" : "the master did not take it";
            end(write, new ForwardResult.Unavailable("the write was not forwarded in time: " + obstacle));
        }
    }

    private static ForwardResult unknown(PendingForward write, String why) {
        return new ForwardResult.Unknown(write.id.orElseThrow(), write.commit(), why);
    }

    private void end(PendingForward write, ForwardResult result) {
        pending.remove(write.write.request());
        context.emit(new Effect.ForwardEnded(write.write.request(), result));
    }

    long deadline() {
        long due = Long.MAX_VALUE;
        for (PendingForward write : pending.values()) {
            due = Math.min(due, write.endMicros);
            if (route.isPresent() && session.isPresent() && write.commit().isEmpty()) {
                due = Math.min(due, write.sendAtMicros);
            }
        }
        return pending.isEmpty() || route.isEmpty() || session.isPresent() ? due : Math.min(due, openAgainMicros);
    }
}
