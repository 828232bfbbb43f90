package org.understudy.protocol;

import java.util.Optional;
import org.understudy.Role;

/**
 * The application says who is master, where elections are off. A majority has to vote for the site that is appointed all the
 * same, so that two can never be master in one generation (protocol.md §4.3).
 */
final class Appointment {
    private final ReplicaContext context;
    private final Roles roles;
    private final Orders orders;
    private Optional<Input.Appoint> pending = Optional.empty();
    private long endMicros = Long.MAX_VALUE;

    /** While a handover to this site is asked for, which {@link Orders} answers: if that master goes, this site stands. */
    private long handoverEndMicros;

    private long standAgainMicros;
    private boolean hasStood;

    Appointment(ReplicaContext context, Roles roles, Orders orders) {
        this.context = context;
        this.roles = roles;
        this.orders = orders;
    }

    void begin(Input.Appoint appoint) {
        if (context.settings.elections()) {
            end(
                    appoint,
                    new Effect.Result.Refused(
                            "site " + context.settings.localSite() + " holds elections: hand mastership"
                                    + " over with transferMastership, or set elections=false on every site"));
        } else if (appoint.role() == Role.CLIENT) {
            if (roles.master().isPresent()) {
                roles.stepDown("the application makes this site a client");
            }
            end(appoint, new Effect.Result.Done());
        } else if (pending.isPresent()) {
            end(appoint, new Effect.Result.Unavailable("an appointment of this site is under way"));
        } else if (roles.master().isEmpty() && roles.hearsMaster()) {
            Command transfer = new Command.TransferMastership(context.settings.localSite());
            handoverEndMicros = context.now + appoint.timeoutMicros();
            orders.begin(new Input.Order(appoint.request(), transfer, appoint.timeoutMicros()));
        } else {
            stand(appoint);
        }
    }

    private void stand(Input.Appoint appoint) {
        pending = Optional.of(appoint);
        endMicros = context.now + appoint.timeoutMicros();
        standAgainMicros = context.now;
        hasStood = false;
        context.pair.told();
        check();
    }

    /** Stands once, when those it needs are connected; for a group that is not made yet, until they all are ready for it. */
    private void standWhenItCan() {
        boolean mayStand = !hasStood || context.members.isFounding();
        if (!mayStand) {
            end(new Effect.Result.Unavailable(roles.elections().report().lastFailure()));
        } else if (context.pair.reachesVotesNeeded() && context.now >= standAgainMicros) {
            hasStood = true;
            standAgainMicros = context.now + context.settings.times().electionRetryMicros();
            roles.elections().appoint();
            check();
        }
    }

    /** Ends what has come about, or can't any more. */
    void check() {
        if (pending.isEmpty()) {
            checkHandover();
            return;
        }
        if (roles.openMaster().isPresent()) {
            end(new Effect.Result.Done());
        } else if (context.now >= endMicros) {
            end(new Effect.Result.Unavailable("not done in time: " + obstacle()));
        } else if (roles.master().isEmpty() && !roles.elections().isStanding()) {
            standWhenItCan();
        }
    }

    private String obstacle() {
        if (!context.pair.reachesVotesNeeded()) {
            return "too few of the voting sites are connected to this one for the " + context.pair.votesNeeded()
                    + " votes it needs";
        }
        return hasStood ? roles.elections().report().lastFailure() : "its election is not over";
    }

    private void checkHandover() {
        if (context.now >= handoverEndMicros || roles.master().isPresent()) {
            handoverEndMicros = 0;
        } else if (!roles.hearsMaster() && !roles.elections().isStanding() && context.now >= standAgainMicros) {
            standAgainMicros = context.now + context.settings.times().electionRetryMicros();
            roles.elections().appoint();
        }
    }

    private void end(Effect.Result result) {
        Input.Appoint ended = pending.orElseThrow();
        pending = Optional.empty();
        endMicros = Long.MAX_VALUE;
        end(ended, result);
    }

    private void end(Input.Appoint appoint, Effect.Result result) {
        context.emit(new Effect.CommandEnded(appoint.request(), result));
    }

    long deadline() {
        boolean standsAgain = pending.isPresent() && hasStood && context.members.isFounding();
        return standsAgain && standAgainMicros > context.now ? Math.min(endMicros, standAgainMicros) : endMicros;
    }
}
