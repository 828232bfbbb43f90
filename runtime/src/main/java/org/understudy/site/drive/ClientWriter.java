package org.understudy.site.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.understudy.Durability;
import org.understudy.log.RecordBatch;
import org.understudy.log.file.Log;
import org.understudy.protocol.Input;
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

    private final Log log;
    private final Store store;
    private final Worker writer;
    private final Driver driver;
    private final Consumer<RuntimeException> onFailure;
    /** Jobs of the writer thread that have to be done before the event loop may write itself. */
    private final AtomicInteger aside = new AtomicInteger();

    private List<RecordBatch> turn = new ArrayList<>();
    private long turnBytes;
    private volatile boolean forced;

    /** Writes to this log and this store. */
    public ClientWriter(Log log, Store store, Worker writer, Driver driver, Consumer<RuntimeException> onFailure) {
        this.log = log;
        this.store = store;
        this.writer = writer;
        this.driver = driver;
        this.onFailure = onFailure;
        this.forced = isForced(store);
    }

    /** Before a site knows its group it takes the stricter setting for granted. */
    static boolean isForced(Store store) {
        return store.members().durability() == Durability.SYNC;
    }

    /** Another member table may be in force, and with it another durability. */
    void groupMayHaveChanged() {
        forced = isForced(store);
    }

    /** Takes records to write in this turn. On the loop. */
    public void write(RecordBatch records) {
        turn.add(records);
        turnBytes += records.length();
    }

    /**
     * Writes what this turn has collected. What counts for the acknowledgement is the log, so that leaves, by {@code
     * flush}, before the data is written. On the loop.
     */
    public void settle(Runnable flush) {
        if (turn.isEmpty()) {
            return;
        }
        if (forced || turnBytes >= ASIDE_BYTES || aside.get() > 0) {
            handOver();
            return;
        }
        List<RecordBatch> batches = takeTurn();
        try {
            append(batches);
            driver.feed(new Input.Stored(batches.get(batches.size() - 1).last()));
            flush.run();
            apply(batches);
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
        if (!writer.submit(new WriteJob(takeTurn()))) {
            aside.decrementAndGet();
        }
    }

    private List<RecordBatch> takeTurn() {
        List<RecordBatch> taken = turn;
        turn = new ArrayList<>();
        turnBytes = 0;
        return taken;
    }

    private void append(List<RecordBatch> batches) {
        for (RecordBatch batch : batches) {
            log.append(batch);
        }
    }

    private void apply(List<RecordBatch> batches) {
        for (RecordBatch batch : batches) {
            store.apply(batch);
            if (batch.hasControlRecords()) {
                groupMayHaveChanged();
            }
        }
    }

    private final class WriteJob implements Worker.Job {
        private final List<RecordBatch> batches;
        private int jobs = 1;

        WriteJob(List<RecordBatch> batches) {
            this.batches = batches;
        }

        @Override
        public boolean absorb(Worker.Job next) {
            if (next instanceof WriteJob other) {
                batches.addAll(other.batches);
                jobs += other.jobs;
                return true;
            }
            return false;
        }

        @Override
        public void run() {
            try {
                append(batches);
                if (forced) {
                    log.force();
                }
                driver.post(new Input.Stored(batches.get(batches.size() - 1).last()));
                apply(batches);
            } catch (RuntimeException e) {
                onFailure.accept(e);
            } finally {
                aside.addAndGet(-jobs);
            }
        }
    }
}
