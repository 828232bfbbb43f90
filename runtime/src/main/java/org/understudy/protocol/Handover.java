package org.understudy.protocol;

import java.util.function.Consumer;
import org.understudy.log.Member;

/**
 * Gives mastership to another site without losing a commit: hold new ones, let the target catch up, step down, then tell
 * it to stand (protocol.md §4.4).
 */
final class Handover {
    private final ReplicaContext context;
    private final Streams streams;
    private final Member target;
    private final Consumer<Effect.Result> done;
    private final long deadline;

    Handover(ReplicaContext context, Streams streams, Member target, long timeoutMicros, Consumer<Effect.Result> done) {
        this.context = context;
        this.streams = streams;
        this.target = target;
        this.done = done;
        this.deadline = context.now + timeoutMicros;
        context.emit(new Effect.HoldTail());
    }

    long deadline() {
        return deadline;
    }

    Member target() {
        return target;
    }

    Consumer<Effect.Result> done() {
        return done;
    }

    /** Whether all that is in the log is permanent and the target has it. */
    boolean isSettled(long generationFirstLsn) {
        return context.permanentLsn >= generationFirstLsn
                && context.permanentLsn == context.last.lsn()
                && streams.isLive(target.name())
                && streams.ackedLsn(target.name()) == context.last.lsn();
    }

    /** Why it can't succeed any more; empty while it can. */
    String obstacle() {
        if (!streams.isLive(target.name())) {
            return "site " + target.name() + " no longer streams";
        }
        return context.now >= deadline ? "site " + target.name() + " did not catch up in time" : "";
    }

    /** Lets commits go on here. */
    void cancel(String reason) {
        context.emit(new Effect.ResumeTail());
        done.accept(
                new Effect.Result.Unavailable("mastership stays at " + context.settings.localSite() + ": " + reason));
    }
}
