package org.understudy.site.commit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.understudy.CommitToken;
import org.understudy.Place;
import org.understudy.log.RecordKind;
import org.understudy.log.file.Log;
import org.understudy.site.thread.Worker;
import org.understudy.store.Store;

/**
 * The end of a master's log, which one thread at a time owns. A committing thread takes it if it is free, and then
 * commits for everybody who queued meanwhile; so commits need no thread of their own, and the more of them come, the
 * more share one append and one write.
 *
 * <p>Between masterships the tail is closed: commits are refused, and the log belongs to whoever writes what the master
 * sends. The event loop never waits here; where it would have to, it is told so, and the writer thread waits instead.
 */
public final class Tail {
    private enum Mode {
        CLOSED,
        HELD,
        OPEN
    }

    private final CommitWriter commits;
    private final ForceGroup forces;
    private final Worker writer;
    private final TailListener listener;
    private final Semaphore owner = new Semaphore(1);
    private final CommitQueue queue = new CommitQueue();
    private final Object modeLock = new Object();
    private volatile Mode mode = Mode.CLOSED;
    private volatile int lastBatchCommits;
    private volatile Supplier<RuntimeException> refusal;
    private volatile Optional<Supplier<RuntimeException>> noRoom = Optional.empty();
    private volatile boolean failed;
    private volatile long closings;

    /**
     * A closed tail.
     *
     * @param writer the thread that does what a committing thread should not
     * @param refusal what commits fail with until it is opened
     */
    public Tail(
            Place place,
            Log log,
            Store store,
            Worker writer,
            TailListener listener,
            Supplier<RuntimeException> refusal) {
        this.forces = new ForceGroup(place, log::force, writer, listener);
        this.commits = new CommitWriter(place, log, store, forces, listener);
        this.writer = writer;
        this.listener = listener;
        this.refusal = refusal;
    }

    /** Commits, and waits for the outcome. */
    public CommitToken commit(PendingCommit commit, Supplier<RuntimeException> late) {
        queue.push(commit);
        letOthersJoin();
        work(Optional.of(commit));
        forces.help();
        return commit.await(this::look, late);
    }

    /**
     * Where many commit beside each other, those that are about to get a moment to do so, and then share the batch
     * (measured: a sixth less processor time per commit with 64 threads). One that commits alone loses nothing.
     */
    private void letOthersJoin() {
        if (lastBatchCommits > 2) {
            Thread.yield();
        }
    }

    /** Commits without waiting. */
    public CompletionStage<CommitToken> commitStaged(PendingCommit commit) {
        queue.push(commit);
        look();
        return commit.stage();
    }

    /** Commits these without waiting, as one batch if nobody else is there. */
    public void commitStaged(List<PendingCommit> commits) {
        commits.forEach(queue::push);
        look();
    }

    /** Does what there is to do at the tail, if nobody does it already. */
    private void look() {
        work(Optional.empty());
        forces.delegate();
    }

    private void work(Optional<PendingCommit> own) {
        while (hasWork() && owner.tryAcquire()) {
            Optional<PendingCommit> successor;
            try {
                successor = drain(own);
            } finally {
                owner.release();
            }
            if (successor.isPresent() && !successor.get().isDecided()) {
                successor.get().nudge(this::look);
                return;
            }
        }
    }

    private boolean hasWork() {
        return mode != Mode.HELD && queue.isWaitedIn();
    }

    /** Works off the queue; returns who should go on, if that is not to be the owner, whose own commit is decided. */
    private Optional<PendingCommit> drain(Optional<PendingCommit> own) {
        try {
            boolean more = queue.take();
            while (more && mode != Mode.HELD) {
                if (mode == Mode.CLOSED) {
                    queue.refuseAll(refusal);
                } else if (noRoom.isPresent()) {
                    queue.refuseAll(noRoom.get());
                } else {
                    writeSome();
                }
                more = queue.take();
                if (more) {
                    forces.delegate();
                    if (own.isPresent() && own.get().isDecided()) {
                        return queue.first();
                    }
                }
            }
            return Optional.empty();
        } finally {
            queue.leave();
        }
    }

    private void writeSome() {
        List<PendingCommit> batch = queue.nextBatch();
        if (batch.isEmpty()) {
            return;
        }
        lastBatchCommits = batch.size();
        try {
            commits.write(batch);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Writing failed for good (protocol.md §2.4): nothing is written any more. */
    public void fail(RuntimeException reason) {
        synchronized (modeLock) {
            if (failed) {
                return;
            }
            failed = true;
            closings++;
            refusal = () -> reason;
            mode = Mode.CLOSED;
        }
        forces.fail(refusal);
        listener.failed(reason);
    }

    /** Commits that were written, and transactions that conflicted, since the environment was opened. */
    public CommitCounts counts() {
        return commits.counts();
    }

    /** How often the tail was closed: {@link #open} is void if that has changed since it was ordered. */
    public long closings() {
        return closings;
    }

    /**
     * Lets commits in, behind the mastership's first record if it has one. Waits for the owner: not for the event loop.
     *
     * @param asOf what {@link #closings} was when this was ordered
     */
    public void open(TailTerms terms, Optional<byte[]> generationStart, Optional<byte[]> membershipChange, long asOf) {
        exclusively(() -> {
            if (isVoid(asOf)) {
                return;
            }
            commits.begin(terms);
            generationStart.ifPresent(payload -> writeControl(RecordKind.GENERATION, payload));
            membershipChange.ifPresent(payload -> writeControl(RecordKind.MEMBERSHIP, payload));
            synchronized (modeLock) {
                if (!isVoid(asOf)) {
                    mode = Mode.OPEN;
                }
            }
        });
    }

    /** Appends a record of the protocol's own, unless the tail was closed since. Waits for the owner. */
    public void append(RecordKind kind, byte[] payload, long asOf) {
        exclusively(() -> {
            if (!isVoid(asOf)) {
                writeControl(kind, payload);
            }
        });
    }

    /** Begins an empty log with the record a group is created with (protocol.md §6). Waits for the owner. */
    public void beginLog(TailTerms terms, byte[] membershipChange, long asOf) {
        exclusively(() -> {
            if (!isVoid(asOf)) {
                commits.begin(terms);
                writeControl(RecordKind.MEMBERSHIP, membershipChange);
            }
        });
    }

    private boolean isVoid(long asOf) {
        return failed || closings != asOf;
    }

    private void writeControl(RecordKind kind, byte[] payload) {
        try {
            commits.writeControl(kind, payload);
        } catch (RuntimeException e) {
            fail(e);
        }
        forces.delegate();
    }

    /**
     * Lets no further commit be written; they queue.
     *
     * @return whether nobody is at the tail any more; if not, {@link #settle} waits until that is so
     */
    public boolean hold() {
        synchronized (modeLock) {
            if (mode == Mode.OPEN) {
                mode = Mode.HELD;
            }
        }
        return trySettle();
    }

    /** Lets commits be written again. */
    public void resume() {
        synchronized (modeLock) {
            if (mode == Mode.HELD) {
                mode = Mode.OPEN;
            }
        }
        if (hasWork()) {
            writer.submit(this::look);
        }
    }

    /** Refuses commits, but no record of the protocol's own, until {@link #accept} or {@link #close}. */
    public void refuse(Supplier<RuntimeException> with) {
        noRoom = Optional.of(with);
    }

    /** Takes commits again. */
    public void accept() {
        noRoom = Optional.empty();
    }

    /**
     * Refuses commits from now on.
     *
     * @return whether nobody is at the tail any more; if not, {@link #settle} waits until that is so
     */
    public boolean close(Supplier<RuntimeException> with) {
        synchronized (modeLock) {
            closings++;
            noRoom = Optional.empty();
            if (!failed) {
                refusal = with;
                mode = Mode.CLOSED;
            }
        }
        return trySettle();
    }

    /** Fails the commits that have queued for longer than they may while the tail was held. */
    public void expire(long nowNanos, Supplier<RuntimeException> late) {
        if (mode == Mode.HELD && owner.tryAcquire()) {
            queue.take();
            queue.expire(nowNanos, late);
            leave();
        }
    }

    private boolean trySettle() {
        if (!owner.tryAcquire()) {
            return false;
        }
        leave();
        return true;
    }

    /** Returns once nobody is at the tail who came before it was held or closed. */
    public void settle() {
        exclusively(() -> {});
    }

    /** Does something that nobody may do beside the tail's owner. */
    public void exclusively(Runnable task) {
        owner.acquireUninterruptibly();
        try {
            task.run();
        } finally {
            leave();
        }
    }

    private void leave() {
        if (mode == Mode.CLOSED) {
            queue.take();
            queue.refuseAll(refusal);
        }
        queue.leave();
        owner.release();
        if (hasWork()) {
            writer.submit(this::look);
        }
    }
}
