package org.understudy.site;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.understudy.Place;
import org.understudy.PreparedBranch;
import org.understudy.PreparedStatus;
import org.understudy.log.file.Log;
import org.understudy.site.thread.Worker;
import org.understudy.store.Store;

/**
 * What has to be done now and then, on a thread that nobody waits for: ending transactions that are too old, letting go
 * of removed databases, trimming the log, looking after prepared branches.
 */
final class Housekeeping {
    private static final Logger LOGGER = System.getLogger(Housekeeping.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Place place;
    private final Log log;
    private final Store store;
    private final Runnable trim;
    private final Worker worker;
    private final PreparedWatch prepared;
    private volatile Runnable other = () -> {};
    private volatile Consumer<Runnable> exclusively = Runnable::run;
    private volatile long permanentLsn;

    /** Keeps house for one environment; {@code trim} sees to the beginning of its log. */
    Housekeeping(Place place, Storage storage, Runnable trim) {
        this.place = place;
        this.log = storage.log();
        this.store = storage.store();
        this.trim = trim;
        this.prepared = new PreparedWatch(store::preparedBranchesAtOnce, Clock.systemUTC(), this::warn);
        this.worker = new Worker("understudy-" + place.environment() + "-keeper", EVERY, this::keep);
    }

    /** Begins; {@code alone} runs what nobody may do beside the owner of the log's tail. */
    void start(Consumer<Runnable> alone) {
        exclusively = alone;
        worker.start();
    }

    /** Has something else done as well, on the same thread. */
    void alsoDo(Runnable task) {
        other = task;
    }

    /** What of distributed transactions waits for a decision, as of a moment ago. */
    PreparedStatus prepared() {
        return prepared.status();
    }

    /** The permanent LSN: what was removed at or below it may go. */
    void permanent(long lsn) {
        permanentLsn = lsn;
    }

    /** The thread it works on, which may be given other work that takes long. */
    Worker worker() {
        return worker;
    }

    private void warn(PreparedBranch branch) {
        LOGGER.log(
                Level.WARNING,
                () -> "USTDY-0381 [" + place + "] branch " + branch.id() + ", prepared at " + branch.site() + " at "
                        + branch.preparedAt() + ", is still undecided and holds what it read and writes: have its"
                        + " transaction manager recover, or decide it by hand with Environment.decide; at "
                        + log.last());
    }

    private void keep() {
        if (store.failed()) {
            return;
        }
        try {
            store.expireTransactions();
            prepared.look();
            exclusively.accept(() -> store.onPermanent(permanentLsn));
            trim.run();
            other.run();
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.ERROR,
                    "USTDY-0331 [" + place + "] housekeeping failed at " + log.last()
                            + "; it is tried again, and the log grows meanwhile",
                    e);
        }
    }
}
