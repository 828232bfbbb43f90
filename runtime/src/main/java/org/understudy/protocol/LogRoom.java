package org.understudy.protocol;

import org.understudy.event.LogFilling;
import org.understudy.event.LogFilling.Stage;

/**
 * How much a master writes that is not permanent. Nothing of it may be trimmed (protocol.md §3.3), so where no majority comes
 * to store it, commits are refused before the log outgrows its limit, until enough is permanent again.
 */
final class LogRoom {
    private final ReplicaContext context;
    private final Roles roles;
    private Stage stage = Stage.RELIEVED;
    private long generation;

    LogRoom(ReplicaContext context, Roles roles) {
        this.context = context;
        this.roles = roles;
    }

    /** Compares what is not permanent with what the log may have, and says so when commits are to be refused, or no longer. */
    void ask(Input.AskRoom room) {
        if (roles.master().isEmpty()) {
            return;
        }
        if (generation != context.generation()) {
            generation = context.generation();
            stage = Stage.RELIEVED; // the tail refuses nothing in the name of an older mastership
        }
        Stage now = stageAt(context.permanentLsn + 1, room);
        if (now == stage) {
            return;
        }
        stage = now;
        if (now == Stage.FULL) {
            context.emit(new Effect.RefuseCommits(context.permanentLsn));
        } else if (now == Stage.RELIEVED) {
            context.emit(new Effect.AcceptCommits());
        }
        context.fire(origin -> new LogFilling(origin, context.permanentLsn, now));
    }

    /** What was refused goes on only with a quarter of the room free, and not by turns. */
    private Stage stageAt(long firstUnpermanent, Input.AskRoom room) {
        if (firstUnpermanent < room.limitLsn()) {
            return Stage.FULL;
        }
        if (firstUnpermanent >= room.warnLsn()) {
            return Stage.RELIEVED;
        }
        return stage == Stage.FULL ? Stage.FULL : Stage.NEARLY_FULL;
    }
}
