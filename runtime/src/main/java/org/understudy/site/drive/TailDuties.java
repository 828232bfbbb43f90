package org.understudy.site.drive;

import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.understudy.Durability;
import org.understudy.log.MembershipChange;
import org.understudy.protocol.Effect;
import org.understudy.site.commit.AckWaiters;
import org.understudy.site.commit.AppendedBatch;
import org.understudy.site.commit.Tail;
import org.understudy.site.commit.TailTerms;
import org.understudy.site.thread.Worker;
import org.understudy.store.Store;

/** Opens, holds and closes the log's tail as the protocol says, and keeps those who wait for acknowledgements. On the loop. */
public final class TailDuties {
    /** How often it is looked whether held commits have waited for too long. */
    private static final long HELD_CHECK_MICROS = 100_000;

    private final Tail tail;
    private final Store store;
    private final Worker writer;
    private final Driver driver;
    private final ClientWriter clientWriter;
    private final AckWaiters waiters;
    private final Supplier<RuntimeException> notMaster;
    private final Supplier<RuntimeException> late;
    private final LongFunction<RuntimeException> full;
    private boolean held;
    private long openGeneration = -1;
    private String whyClosed = "mastership has ended";

    /**
     * Sees to this tail.
     *
     * @param notMaster what commits fail with while the tail is closed
     * @param late what they fail with when they were held for too long
     * @param full what they fail with when the log is full behind this LSN
     */
    public TailDuties(
            Tail tail,
            Store store,
            Worker writer,
            Driver driver,
            ClientWriter clientWriter,
            AckWaiters waiters,
            Supplier<RuntimeException> notMaster,
            Supplier<RuntimeException> late,
            LongFunction<RuntimeException> full) {
        this.tail = tail;
        this.store = store;
        this.writer = writer;
        this.driver = driver;
        this.clientWriter = clientWriter;
        this.waiters = waiters;
        this.notMaster = notMaster;
        this.late = late;
        this.full = full;
    }

    /** Opens the tail on the writer thread, behind whatever a former master's records are still to be written. */
    public void open(Effect.OpenTail effect, UUID group) {
        openGeneration = effect.generation();
        long asOf = tail.closings();
        clientWriter.inOrder(() -> {
            boolean forced = effect.founding().map(TailDuties::isForced).orElseGet(() -> ClientWriter.isForced(store));
            TailTerms terms = new TailTerms(group, effect.generation(), true, forced);
            Optional<byte[]> table = effect.founding().map(MembershipChange::encode);
            tail.open(terms, Optional.of(effect.generationStart()), table, asOf);
        });
    }

    /** Begins the log of a group that is made here. */
    public void beginLog(Effect.BeginLog effect, UUID group) {
        long asOf = tail.closings();
        TailTerms terms = new TailTerms(group, 0, true, isForced(effect.first()));
        clientWriter.inOrder(() -> tail.beginLog(terms, effect.first().encode(), asOf));
    }

    /** What a table asks for that is not in the data yet. */
    private static boolean isForced(MembershipChange change) {
        return change.after().terms().durability() == Durability.SYNC;
    }

    /** Appends a record of the protocol's own. */
    public void append(Effect.AppendControl effect) {
        long asOf = tail.closings();
        clientWriter.inOrder(() -> tail.append(effect.kind(), effect.payload(), asOf));
    }

    /** Holds commits back; the driver pauses until nobody is writing any more. */
    public void hold() {
        held = true;
        settle(tail.hold());
    }

    /** Lets them go on. */
    public void resume() {
        held = false;
        tail.resume();
    }

    /** Refuses commits: too much behind this LSN is stored by no majority (protocol.md §3.3). */
    public void refuse(long permanentLsn) {
        tail.refuse(() -> full.apply(permanentLsn));
    }

    /** Takes commits again. */
    public void accept() {
        tail.accept();
    }

    /** Ends the mastership; the driver pauses until nobody is writing any more. */
    public void close(String reason) {
        openGeneration = -1;
        held = false;
        whyClosed = reason;
        boolean settled = tail.close(notMaster);
        waiters.abandon(reason);
        settle(settled);
    }

    private void settle(boolean settled) {
        if (!settled) {
            Runnable resume = driver.pause();
            writer.submitFirst(() -> {
                tail.settle();
                resume.run();
            });
        }
    }

    /** These commits wait for acknowledgements from now on, unless their mastership has ended meanwhile. */
    public void written(AppendedBatch batch) {
        if (batch.commits().isEmpty()) {
            return;
        }
        if (batch.generation() == openGeneration) {
            waiters.add(batch.commits(), System.nanoTime());
        } else {
            waiters.abandon(batch.commits(), whyClosed);
        }
    }

    /** When {@link #tick} is due. */
    long nextDeadlineMicros() {
        long dueNanos = waiters.nextDeadlineNanos();
        long due = dueNanos == Long.MAX_VALUE ? dueNanos : dueNanos / 1000 + 1;
        return held ? Math.min(due, Driver.nowMicros() + HELD_CHECK_MICROS) : due;
    }

    /** Fails those who have waited for as long as they may. */
    void tick() {
        long now = System.nanoTime();
        waiters.expire(now);
        tail.expire(now, late);
    }

    /** Who waits. */
    public AckWaiters waiters() {
        return waiters;
    }
}
