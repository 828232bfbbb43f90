package org.understudy.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.understudy.log.ForwardSession;

/**
 * The writes that others forward to this site while it is master. Whether one was committed before, the data says where it
 * is committed; here is known what is under way, and what this mastership has refused, so that a copy of it that comes late
 * is not taken either (protocol.md §9).
 */
final class ForwardServer {
    /** Every process of a client has a session of its own, and a mastership may outlive many: those of the dead are forgotten. */
    static final int MOST_SESSIONS = 1_024;

    private static final class Work {
        Peer from;
        Optional<ForwardAnswer> refusal = Optional.empty();

        Work(Peer from) {
            this.from = from;
        }
    }

    /** What this mastership has seen of one session. */
    private static final class Session {
        final NavigableMap<Long, Work> works = new TreeMap<>();
        /** The client has told that it waits for nothing lower. */
        long window;
        /** The highest number that was committed, or may have been. */
        long highestEnded;

        boolean isUnderWay() {
            return works.values().stream().anyMatch(work -> work.refusal.isEmpty());
        }
    }

    private record Held(Peer from, Message.Forward forward) {}

    private final ReplicaContext context;
    private final Roles roles;
    /** Those that were used last come last. */
    private final Map<UUID, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    private final List<Held> held = new ArrayList<>();
    private long generation;
    /** Sessions of this mastership were forgotten. */
    private boolean forgetful;

    private Consumer<Message> toSelf = message -> {};

    ForwardServer(ReplicaContext context, Roles roles) {
        this.context = context;
        this.roles = roles;
    }

    /** Where answers go to what this site forwarded to itself, having become master meanwhile. */
    void answerSelf(Consumer<Message> receiver) {
        toSelf = receiver;
    }

    private boolean isMasterOf(long asked) {
        return roles.openMaster().filter(role -> role.generation() == asked).isPresent();
    }

    private boolean knows(Peer from) {
        return context.memberOf(from).isPresent();
    }

    void onOpenSession(Peer from, Message.OpenSession message) {
        if (!isMasterOf(message.generation()) || !knows(from)) {
            return; // it asks again
        }
        if (!context.settings.forwards()) {
            answer(from, new Message.SessionOpened(message.request(), Optional.empty()));
        } else {
            UUID id = context.rules.forwardSession(context.randomId(), from);
            context.emit(new Effect.OpenForwardSession(from, message.request(), id));
        }
    }

    /** A session's record is permanent, so that no later master can lack it. */
    void opened(Input.ForwardSessionOpened opened) {
        answer(opened.from(), new Message.SessionOpened(opened.request(), Optional.of(opened.session())));
    }

    void onForward(Peer from, Message.Forward forward) {
        if (!isMasterOf(forward.generation()) || !knows(from)) {
            answer(from, forward, notNow(forward));
        } else if (!context.settings.forwards()) {
            answer(from, forward, new ForwardAnswer.NotServed());
        } else if (forward.id().number() - forward.lowestOpen() >= ForwardSession.MOST_OPEN) {
            String reason = "more than " + ForwardSession.MOST_OPEN + " numbers of a session are open";
            answer(from, forward, new ForwardAnswer.Refused(ForwardAnswer.Refusal.INVALID, reason));
        } else {
            begin(forward.generation());
            take(from, forward);
        }
    }

    private void begin(long mastership) {
        if (mastership != generation) {
            generation = mastership;
            sessions.clear();
            forgetful = false;
        }
    }

    private void take(Peer from, Message.Forward forward) {
        Session session = session(forward.id().session());
        long number = forward.id().number();
        Work known = session.works.get(number);
        if (context.rules.searchesForwardQueue()) {
            if (known != null) {
                known.from = from;
                known.refusal.ifPresent(refusal -> answer(from, forward, refusal));
                return;
            }
            if (number < session.window) {
                answer(from, forward, new ForwardAnswer.UnknownId(true)); // a late copy of one that was answered
                return;
            }
        }
        session.window = Math.max(session.window, forward.lowestOpen());
        session.works.headMap(session.window, false).values().removeIf(work -> work.refusal.isPresent());
        session.works.put(number, new Work(from));
        if (forward.again() && !isGenerationPermanent()) {
            held.add(new Held(from, forward)); // or what an older mastership wrote might yet come back beside this
        } else {
            commit(from, forward);
        }
    }

    /** A late copy of what was refused can't come from a session that so many others were used after. */
    private Session session(UUID id) {
        if (sessions.size() >= MOST_SESSIONS && !sessions.containsKey(id)) {
            forgetful = true;
            sessions.values().stream()
                    .filter(each -> !each.isUnderWay())
                    .findFirst()
                    .ifPresent(sessions.values()::remove);
        }
        return sessions.computeIfAbsent(id, none -> new Session());
    }

    private void commit(Peer from, Message.Forward forward) {
        context.tally.forwardReceived();
        context.emit(new Effect.CommitForwarded(from, forward));
    }

    /** Whether what an older mastership wrote and this one doesn't have is gone for good. */
    private boolean isGenerationPermanent() {
        return context.history.generationAt(context.permanentLsn) == context.generation();
    }

    /** The tail has dealt with one. */
    void ended(Input.ForwardedCommitEnded ended) {
        Message.Forward forward = ended.forward();
        Peer to = ended.from();
        Session session = sessions.get(forward.id().session());
        Work work = session == null ? null : session.works.get(forward.id().number());
        if (forward.generation() == generation && work != null) {
            to = work.from;
            if (ended.answer().isRefusal()) {
                work.refusal = Optional.of(ended.answer());
            } else {
                session.works.remove(forward.id().number()); // from now on the data knows it
                if (!(ended.answer() instanceof ForwardAnswer.NotMaster)) {
                    session.highestEnded =
                            Math.max(session.highestEnded, forward.id().number());
                }
            }
        }
        answer(to, forward, ended.answer() instanceof ForwardAnswer.NotMaster ? notNow(forward) : ended.answer());
    }

    /** Only a mastership that is over, or was never here, can't take a copy later. */
    private ForwardAnswer notNow(Message.Forward forward) {
        boolean stillIs = roles.master()
                .filter(role -> role.generation() == forward.generation())
                .isPresent();
        return stillIs || mayHaveTaken(forward) ? new ForwardAnswer.Lost() : new ForwardAnswer.NotMaster();
    }

    /** An earlier copy may have been written of which the answer was lost: this one was not, but that says nothing. */
    private boolean mayHaveTaken(Message.Forward forward) {
        if (forward.generation() != generation) {
            return false;
        }
        Session session = sessions.get(forward.id().session());
        long number = forward.id().number();
        return session == null ? forgetful : session.works.containsKey(number) || number <= session.highestEnded;
    }

    /** Lets those go on that waited, or tells them that they waited in vain. */
    void advance() {
        if (held.isEmpty()) {
            return;
        }
        boolean over = !isMasterOf(generation);
        if (over || isGenerationPermanent()) {
            List<Held> waiting = List.copyOf(held);
            held.clear();
            for (Held each : waiting) {
                if (over) {
                    Optional.ofNullable(sessions.get(each.forward().id().session()))
                            .ifPresent(session ->
                                    session.works.remove(each.forward().id().number()));
                    answer(each.from(), each.forward(), notNow(each.forward()));
                } else {
                    commit(each.from(), each.forward());
                }
            }
        }
    }

    private void answer(Peer to, Message.Forward forward, ForwardAnswer answer) {
        answer(to, new Message.Forwarded(forward.generation(), forward.id(), answer));
    }

    private void answer(Peer to, Message message) {
        if (to.name().equals(context.settings.localSite())) {
            toSelf.accept(message);
        } else {
            context.send(to, message);
        }
    }
}
