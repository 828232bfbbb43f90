package org.understudy.site.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.understudy.Durability;
import org.understudy.log.RecordBatch;
import org.understudy.log.file.Log;
import org.understudy.protocol.Input;
import org.understudy.site.commit.EarlyForce;
import org.understudy.site.thread.Worker;
import org.understudy.store.Store;

/**
 * Writes what a master sends, to the log and then to the data. Small batches that need no force are written by the event
 * loop itself, at the end of its turn; all others by the writer thread, where those that queue meanwhile become one
 * batch. The order is kept between both ways.
 */
public final class ClientWriter {
    /** From so many bytes on a turn's records go to the writer thread, so that heartbeats never wait for them. */
    private static final long ASIDE_BYTES = 64 << 10;

    /** The writer thread joins what has queued into batches of at most so many bytes. */
    private static final long JOINED_BYTES = 8 << 20;

    private final Log log;
    private final Store store;
    private final Worker writer;
    private final Driver driver;
    private final EarlyForce earlyForce;
    private final Consumer<RuntimeException> onFailure;
    /** Jobs of the writer thread that have to be done before the event loop may write itself. */
    private final AtomicInteger aside = new AtomicInteger();

    private List<RecordBatch> turn = new ArrayList<>();
    private long turnBytes;
    private boolean turnMustBeForced;
    private volatile boolean forced;

    /** Writes to this log and this store. */
    public ClientWriter(
            Log log,
            Store store,
            Worker writer,
            Driver driver,
            EarlyForce earlyForce,
            Consumer<RuntimeException> onFailure) {
        this.log = log;
        this.store = store;
        this.writer = writer;
        this.driver = driver;
        this.earlyForce = earlyForce;
        this.onFailure = onFailure;
        this.forced = isForced(store);
    }

    /** Before a site knows its group it takes the stricter setting for granted. */
    static boolean isForced(Store store) {
        return store.members().terms().durability() == Durability.SYNC;
    }

    /** Another member table may be in force, and with it another durability. */
    void groupMayHaveChanged() {
        forced = isForced(store);
    }

    /** Takes records to write in this turn. On the loop. */
    public void write(RecordBatch records) {
        turn.add(records);
        turnBytes += records.length();
        turnMustBeForced |= records.mustBeForced();
    }

    /**
     * Writes what this turn has collected. What counts for the acknowledgement is the log, so that leaves, by {@code
     * flush}, before the data is written. On the loop.
     */
    public void settle(Runnable flush) {
        if (turn.isEmpty()) {
            return;
        }
        if (forced || turnMustBeForced || turnBytes >= ASIDE_BYTES || aside.get() > 0) {
            handOver();
            return;
        }
        RecordBatch records = RecordBatch.join(takeTurn());
        try {
            log.append(records);
            driver.feed(new Input.Stored(records.last()));
            flush.run();
            apply(records);
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }

    /** Does something on the writer thread behind every write so far, and before every later one. On the loop. */
    public void inOrder(Runnable job) {
        if (!turn.isEmpty()) {
            handOver();
        }
        aside.incrementAndGet();
        boolean accepted = writer.submit(() -> {
            try {
                job.run();
            } catch (RuntimeException e) {
                onFailure.accept(e);
            } finally {
                aside.decrementAndGet();
            }
        });
        if (!accepted) {
            aside.decrementAndGet();
        }
    }

    private void handOver() {
        aside.incrementAndGet();
        long bytes = turnBytes;
        if (!writer.submit(new WriteJob(takeTurn(), bytes))) {
            aside.decrementAndGet();
        }
    }

    private List<RecordBatch> takeTurn() {
        List<RecordBatch> taken = turn;
        turn = new ArrayList<>();
        turnBytes = 0;
        turnMustBeForced = false;
        return taken;
    }

    private void apply(RecordBatch records) {
        store.apply(records);
        earlyForce.appended();
        if (records.hasControlRecords()) {
            groupMayHaveChanged();
        }
    }

    private final class WriteJob implements Worker.Job {
        private final List<RecordBatch> batches;
        private long bytes;
        private int jobs = 1;

        WriteJob(List<RecordBatch> batches, long bytes) {
            this.batches = batches;
            this.bytes = bytes;
        }

        @Override
        public boolean absorb(Worker.Job next) {
            if (next instanceof WriteJob other && bytes + other.bytes <= JOINED_BYTES) {
                batches.addAll(other.batches);
                bytes += other.bytes;
                jobs += other.jobs;
                return true;
            }
            return false;
        }

        @Override
        public void run() {
            try {
                RecordBatch records = RecordBatch.join(batches);
                log.append(records);
                if (forced || records.mustBeForced()) {
                    log.force(); // who is a member and what is promised is never forgotten (protocol.md §2.3, §8.1)
                }
                driver.post(new Input.Stored(records.last()));
                apply(records);
            } catch (RuntimeException e) {
                onFailure.accept(e);
            } finally {
                aside.addAndGet(-jobs);
            }
        }
    }
}
