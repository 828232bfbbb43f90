package org.understudy.protocol;

import org.understudy.event.StartupDone;

/** Whether this site has caught up with its master once: told once in a generation (protocol.md §5). */
final class Startup {
    private final ReplicaContext context;
    private long doneGeneration;
    private boolean everDone;
    private long targetLsn;

    Startup(ReplicaContext context) {
        this.context = context;
    }

    boolean isDone(long generation) {
        return doneGeneration == generation && generation > 0;
    }

    boolean everDone() {
        return everDone;
    }

    /** Another master: where it is, is not known yet. */
    void begin() {
        targetLsn = 0;
    }

    /** It is done once the log reaches this. */
    void aimAt(long lsn) {
        targetLsn = lsn;
    }

    /** The same, unless it was aimed higher. */
    void aimAtLeastAt(long lsn) {
        targetLsn = Math.max(targetLsn, lsn);
    }

    /** Tells the application once the target is reached. */
    void check(long generation) {
        if (context.last.lsn() >= targetLsn && doneGeneration < generation) {
            done(generation);
            context.fire(origin -> new StartupDone(origin, generation));
        }
    }

    /** Without a word: a master has what there is. */
    void done(long generation) {
        doneGeneration = generation;
        everDone = true;
        targetLsn = 0;
    }
}
