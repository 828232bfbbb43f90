package org.understudy.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.understudy.Standing;
import org.understudy.log.ForwardId;
import org.understudy.log.ForwardSession;
import org.understudy.protocol.ForwardAnswer;
import org.understudy.protocol.Message;

/**
 * What a batch of commits changes, with the sessions of forwarded writes as they are after each: the same account that the
 * store's planner keeps (protocol.md §9).
 */
final class SessionBook {
    private static final long RETENTION_MILLIS = 40_000;

    private final SiteProcess process;
    private final SortedMap<UUID, ForwardSession> sessions;

    SessionBook(SiteProcess process, DataImage data) {
        this.process = process;
        this.sessions = new TreeMap<>(data.sessions);
    }

    /** What a commit changes if it stands there; nothing when it was refused, which is answered by then. */
    Optional<Changes> changes(Operation operation, Standing place, long[] values) {
        Optional<Remote> remote = operation.remote();
        if (remote.isEmpty()) {
            return Optional.of(changes(operation, values, List.of()));
        }
        return remote.get() instanceof Remote.Session session
                ? Optional.of(open(session))
                : forwarded(operation, (Remote.Write) remote.get(), place, values);
    }

    private Changes open(Remote.Session opening) {
        List<SessionChange> changes = new ArrayList<>();
        long before = nowMillis() - RETENTION_MILLIS;
        for (UUID session : List.copyOf(sessions.keySet())) {
            if (sessions.get(session).lastUsedMillis() < before) {
                changes.add(change(session, Optional.empty()));
            }
        }
        changes.add(change(opening.session(), Optional.of(ForwardSession.opened(nowMillis()))));
        return nothingBut(changes);
    }

    private Optional<Changes> forwarded(Operation operation, Remote.Write write, Standing place, long[] values) {
        Message.Forward forward = write.forward();
        ForwardId id = forward.id();
        ForwardSession session = sessions.get(id.session());
        if (session == null || !session.allows(id.number())) {
            return refuse(write, new ForwardAnswer.UnknownId(session != null));
        }
        Optional<Standing> earlier = session.commitOf(id.number());
        if (earlier.isPresent()) {
            operation.found(earlier.get());
            return Optional.of(nothingBut(List.of(change(id.session(), Optional.of(session.touched(nowMillis()))))));
        }
        if (process.forwards().refusesSome()) {
            return refuse(write, new ForwardAnswer.Refused(ForwardAnswer.Refusal.TOO_FEW_SITES, "now"));
        }
        ForwardSession next = session.with(id.number(), place, forward.lowestOpen(), nowMillis());
        return Optional.of(changes(operation, values, List.of(change(id.session(), Optional.of(next)))));
    }

    private Optional<Changes> refuse(Remote.Write write, ForwardAnswer answer) {
        process.forwards().refuse(write, answer);
        return Optional.empty();
    }

    private SessionChange change(UUID session, Optional<ForwardSession> after) {
        Optional<ForwardSession> before = Optional.ofNullable(sessions.get(session));
        after.ifPresentOrElse(state -> sessions.put(session, state), () -> sessions.remove(session));
        return new SessionChange(session, after, before);
    }

    private static Changes nothingBut(List<SessionChange> sessions) {
        return new Changes(0, new int[0], new long[0], new long[0], sessions);
    }

    private static Changes changes(Operation operation, long[] values, List<SessionChange> sessions) {
        int[] keys = operation.keys();
        long[] after = new long[keys.length];
        long[] before = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            before[i] = values[keys[i]];
            after[i] = operation.values()[i];
            values[keys[i]] = after[i];
        }
        return new Changes(operation.serial(), keys, after, before, sessions);
    }

    private long nowMillis() {
        return process.site().world().agenda().now() / 1000;
    }
}
