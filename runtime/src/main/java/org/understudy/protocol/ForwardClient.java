package org.understudy.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.understudy.Role;
import org.understudy.Standing;
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
    /** Those that have no number yet, in the order they came. */
    private final ArrayDeque<PendingForward> waiting = new ArrayDeque<>();

    private final Map<ForwardId, PendingForward> numbered = new LinkedHashMap<>();
    /** Numbers whose writes were given up unanswered: their commits are kept findable for a while. */
    private final TreeSet<Long> givenUp = new TreeSet<>();

    private Optional<UUID> session = Optional.empty();
    private Optional<Route> route = Optional.empty();
    private Standing seen = Standing.ZERO;
    private long dueMicros = Long.MAX_VALUE;
    private long earliestEndMicros = Long.MAX_VALUE;
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
        waiting.add(fresh);
        earliestEndMicros = Math.min(earliestEndMicros, fresh.endMicros);
        dueMicros = context.now;
    }

    /** Ends what can be ended, and sends what is due. */
    void advance() {
        if (numbered.isEmpty() && waiting.isEmpty()) {
            return;
        }
        findMaster();
        if (context.now < dueMicros && context.last.equals(seen)) {
            return;
        }
        seen = context.last;
        settle();
        if (context.now >= earliestEndMicros) {
            giveUpLate();
        }
        if (route.filter(this::isWithoutForwarding).isPresent()) {
            endUnserved();
        } else if (route.isPresent()) {
            if (session.isEmpty() && !waiting.isEmpty()) {
                openSession(route.get());
            }
            sendDue(route.get());
        }
        dueMicros = nextDue();
    }

    private boolean isWithoutForwarding(Route to) {
        return !to.master().equals(self()) && !context.peers.of(to.master().name()).forwarding;
    }

    /** The master's release would not understand them. */
    private void endUnserved() {
        List<PendingForward> all = new ArrayList<>(numbered.values());
        all.addAll(waiting);
        for (PendingForward write : all) {
            if (write.commit().isEmpty()) {
                end(
                        write,
                        write.isDoubtful() || write.isOpen()
                                ? unknown(write, "the new master's release knows no forwarded writes")
                                : new ForwardResult.Answered(new ForwardAnswer.NotServed()));
            }
        }
    }

    private void settle() {
        for (PendingForward write : List.copyOf(numbered.values())) {
            if (write.commit().filter(context::holds).isPresent()) {
                end(write, new ForwardResult.Answered(write.answer.orElseThrow()));
            }
        }
    }

    private void giveUpLate() {
        List<PendingForward> all = new ArrayList<>(numbered.values());
        all.addAll(waiting);
        earliestEndMicros = Long.MAX_VALUE;
        for (PendingForward write : all) {
            if (context.now >= write.endMicros) {
                giveUp(write);
            } else {
                earliestEndMicros = Math.min(earliestEndMicros, write.endMicros);
            }
        }
    }

    private void sendDue(Route to) {
        session.ifPresent(current -> {
            long bound = lowestPending(current) + ForwardSession.MOST_OPEN;
            while (!waiting.isEmpty() && nextNumber < bound) {
                PendingForward write = waiting.poll();
                write.id = Optional.of(new ForwardId(current, nextNumber++));
                numbered.put(write.id.get(), write);
            }
        });
        for (PendingForward write : List.copyOf(numbered.values())) {
            if (context.now >= write.sendAtMicros) {
                send(write, to);
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
            dueMicros = context.now;
            numbered.values().forEach(write -> write.routeChanged(context.now));
        }
    }

    private Peer self() {
        return new Peer(context.settings.localSite(), context.ballot.incarnation());
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
            List.copyOf(waiting)
                    .forEach(write -> end(write, new ForwardResult.Answered(new ForwardAnswer.NotServed())));
        }
        dueMicros = context.now;
    }

    private void send(PendingForward write, Route to) {
        boolean again = write.leaves(to.generation(), context.now, SEND_AGAIN_MICROS);
        ForwardId id = write.id.orElseThrow();
        if (again && !context.rules.keepsForwardNumber()) {
            numbered.remove(id);
            id = new ForwardId(id.session(), nextNumber++);
            write.id = Optional.of(id);
            numbered.put(id, write);
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
        return numbered.keySet().stream()
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
        PendingForward found = numbered.get(forwarded.id());
        if (found == null || !found.isAwaiting(forwarded.generation())) {
            return; // of a mastership that was not the last one asked, so another may have done it since
        }
        dueMicros = context.now;
        take(found, forwarded.answer());
    }

    private void take(PendingForward write, ForwardAnswer answer) {
        boolean onlyCopy = write.isOnlyCopy();
        write.answered(answer);
        if (answer instanceof ForwardAnswer.Done || answer instanceof ForwardAnswer.TooFewAcks) {
            return; // until it is here too
        }
        if (answer instanceof ForwardAnswer.NotMaster || answer instanceof ForwardAnswer.Lost) {
            write.sendAtMicros = context.now + ASK_AGAIN_MICROS;
        } else if (answer instanceof ForwardAnswer.UnknownId unknown && !unknown.sessionKnown() && onlyCopy) {
            session = session.filter(
                    current -> !current.equals(write.id.orElseThrow().session()));
            openAgainMicros = 0;
            numbered.remove(write.id.orElseThrow());
            write.id = Optional.empty();
            write.sendAtMicros = context.now;
            waiting.addFirst(write);
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
        } else if (write.isDoubtful() || write.isOpen()) {
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
        write.id.ifPresentOrElse(numbered::remove, () -> waiting.remove(write));
        context.emit(new Effect.ForwardEnded(write.write.request(), result));
    }

    private long nextDue() {
        if (numbered.isEmpty() && waiting.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long due = earliestEndMicros;
        if (route.isPresent()) {
            for (PendingForward write : numbered.values()) {
                due = Math.min(due, write.sendAtMicros);
            }
            if (session.isEmpty() && !waiting.isEmpty()) {
                due = Math.min(due, openAgainMicros);
            }
        }
        return due;
    }

    long deadline() {
        return numbered.isEmpty() && waiting.isEmpty() ? Long.MAX_VALUE : dueMicros;
    }
}
