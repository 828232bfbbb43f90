package org.understudy.protocol;

import org.understudy.SiteState;
import org.understudy.event.JoinFailure;
import org.understudy.event.WouldRollback;
import org.understudy.log.Member;

/** What this site does with its data only if its application agrees, and what has been agreed to (protocol.md §5). */
final class Consent {
    private final ReplicaContext context;
    private Hold hold = Hold.NONE;
    private String reason = "";

    /** The generation whose master may be synchronised with. */
    private long synchronizedGeneration;

    /** Records from here on may be undone, however many. */
    private long undoableFromLsn = Long.MAX_VALUE;

    private WouldRollback told;
    private long failureToldGeneration = -1;

    Consent(ReplicaContext context) {
        this.context = context;
    }

    /** What is being held back. */
    Hold hold() {
        return hold;
    }

    /** Why, and what to do, for people. */
    String reason() {
        return reason;
    }

    /** Nothing is held back any more, or it has to be found out anew. */
    void release() {
        hold = Hold.NONE;
        reason = "";
    }

    /** Whether to synchronise with the master of this generation; a site that joins does so unasked. */
    boolean maySynchronize(long generation) {
        boolean member = context.me()
                .map(Member::state)
                .filter(SiteState.PRESENT::equals)
                .isPresent();
        if (!context.settings.sync().delayed() || !member || synchronizedGeneration >= generation) {
            synchronizedGeneration = Math.max(synchronizedGeneration, generation);
            return true;
        }
        hold = Hold.SYNCHRONISATION;
        reason = "delay-client-sync: this site holds what it has, up to " + context.last
                + ", until the application calls synchronize()";
        return false;
    }

    /** Whether to undo everything above the match point; if not, the application is told, once. */
    boolean mayUndo(long matchLsn) {
        long from = matchLsn + 1;
        long to = context.last.lsn();
        SyncSettings sync = context.settings.sync();
        boolean unasked = sync.autoRollback() && to - matchLsn <= sync.rollbackLimit();
        if (unasked || from >= undoableFromLsn) {
            return true;
        }
        hold = Hold.ROLLBACK;
        reason = "records " + from + " to " + to + " of this site are not in the master's history, and "
                + (sync.autoRollback()
                        ? "more than rollback-limit (" + sync.rollbackLimit() + ")"
                        : "auto-rollback is off")
                + ": nothing is undone until the application calls allowRollback()";
        if (told == null
                || told.fromLsn() != from
                || told.toLsn() != to
                || told.origin().generation() != context.generation()) {
            context.fire(origin -> told = new WouldRollback(origin, from, to));
        }
        return false;
    }

    /** Once all that was agreed to is undone or replaced, the next time is asked for again. */
    void undone() {
        if (context.last.lsn() < undoableFromLsn) {
            undoableFromLsn = Long.MAX_VALUE;
            told = null;
        }
    }

    /** A checkpoint took the place of everything. */
    void replaced() {
        undoableFromLsn = Long.MAX_VALUE;
        told = null;
    }

    /** Whether a checkpoint may take the place of this site's data; if not, the application is told, once. */
    boolean mayInitialise(long matchLsn, long sourceStartLsn) {
        if (context.settings.sync().autoInit()) {
            return true;
        }
        hold = Hold.INITIALISATION;
        reason = "this site holds the group's records up to LSN " + matchLsn + ", the master's log begins at "
                + sourceStartLsn + ", and auto-init is off: restore a backup of this group that reaches LSN "
                + (sourceStartLsn - 1) + " or later in this site's home, or set auto-init=true and restart";
        if (failureToldGeneration != context.generation()) {
            failureToldGeneration = context.generation();
            context.fire(origin -> new JoinFailure(origin, reason));
        }
        return false;
    }

    /** The application says that this generation's master may be synchronised with. */
    void synchronize(long generation) {
        synchronizedGeneration = Math.max(synchronizedGeneration, generation);
    }

    /** The application says that what it was told of may be undone. */
    void allowRollback() {
        undoableFromLsn = told.fromLsn();
    }
}
