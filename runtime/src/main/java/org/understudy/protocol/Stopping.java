package org.understudy.protocol;

import java.util.Optional;

/**
 * How a site stops: a master hands over, or settles what is under way where another process of its site takes over
 * (protocol.md §4.4, §11).
 */
final class Stopping {
    private final ReplicaContext context;
    private final Roles roles;
    private Optional<Input.Stop> pending = Optional.empty();
    private long endMicros = Long.MAX_VALUE;
    private boolean done;

    Stopping(ReplicaContext context, Roles roles) {
        this.context = context;
        this.roles = roles;
    }

    boolean isDone() {
        return done;
    }

    void begin(Input.Stop request) {
        pending = Optional.of(request);
        endMicros = context.now + request.timeoutMicros();
        Optional<MasterRole> master = roles.openMaster();
        if (master.isEmpty()) {
            finish();
        } else if (request.takenOver()) {
            context.emit(new Effect.HoldTail());
        } else if (master.get().streams().bestSuccessor().isEmpty()) {
            finish();
        } else {
            master.get().administration().transfer("", request.timeoutMicros(), result -> {
                if (!(result instanceof Effect.Result.Done)) {
                    finish();
                }
            });
        }
    }

    /** Ends it if there is nothing left to wait for. */
    void check() {
        if (pending.isPresent() && (context.peers.allConnected().isEmpty() || isSettled(pending.get()))) {
            finish();
        }
    }

    /** Whether the site's next process finds every commit with all that can be had for it. */
    private boolean isSettled(Input.Stop request) {
        return request.takenOver()
                && roles.openMaster().filter(master -> !master.isSettled()).isEmpty();
    }

    /** Ends it as things stand, if it is under way. */
    void finish() {
        if (pending.isEmpty()) {
            return;
        }
        long request = pending.get().request();
        pending = Optional.empty();
        if (roles.master().isPresent()) {
            roles.stepDown("the site stops");
        }
        done = true;
        context.emit(new Effect.CommandEnded(request, new Effect.Result.Done()));
    }

    void tick() {
        if (context.now >= endMicros) {
            finish();
        }
    }

    long deadline() {
        return pending.isPresent() ? endMicros : Long.MAX_VALUE;
    }
}
