package org.understudy.site.commit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.Standing;
import org.understudy.store.Commit;
import org.understudy.thread.LibraryPool;
import org.understudy.thread.Stage;

/**
 * One commit from the moment it is asked for until the caller is told: what is to be written, and what is still missing.
 *
 * <p>Three parties work on it without a lock: the tail's owner, who writes it; the event loop, which learns who has
 * acknowledged it; and the thread that forces the log. Whoever does the last missing thing wakes the caller. It ends
 * exactly once, with the first failure if there is one.
 */
public final class PendingCommit {
    /** Its effects are readable here. */
    static final int APPLIED = 1;
    /** Its policy is met. */
    static final int ACKED = 2;
    /** It is forced to the local disk. */
    static final int FORCED = 4;

    private static final VarHandle MISSING;
    private static final VarHandle OUTCOME;
    private static final VarHandle CLAIMED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MISSING = lookup.findVarHandle(PendingCommit.class, "missing", int.class);
            OUTCOME = lookup.findVarHandle(PendingCommit.class, "outcome", Supplier.class);
            CLAIMED = lookup.findVarHandle(PendingCommit.class, "claimed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final Supplier<RuntimeException> SUCCESS = () -> new IllegalStateException("no failure");

    private final Commit commit;
    private final int bytes;
    private final CommitTerms terms;
    private final long askedNanos = System.nanoTime();
    private final Thread caller = Thread.currentThread();
    private final Optional<CompletableFuture<CommitToken>> future;

    /** The link of {@link CommitQueue}, null at its end. */
    PendingCommit next;

    private UUID group;
    private long generation;
    private long lsn;
    private CommitToken earlier; // of the same forwarded write; null where this is the first
    private long ackDeadlineNanos;
    private volatile int missing;
    private volatile Supplier<RuntimeException> outcome;
    private volatile boolean claimed;
    private volatile boolean nudged;

    private PendingCommit(
            Commit commit, int bytes, CommitTerms terms, Optional<CompletableFuture<CommitToken>> future) {
        this.commit = commit;
        this.bytes = bytes;
        this.terms = terms;
        this.future = future;
    }

    /** A commit for which this thread will {@link #await}; {@code bytes} is about what its changes take. */
    public static PendingCommit awaited(Commit commit, int bytes, CommitTerms terms) {
        return new PendingCommit(commit, bytes, terms, Optional.empty());
    }

    /** A commit whose outcome its {@link #stage} tells. */
    public static PendingCommit staged(Commit commit, int bytes, CommitTerms terms) {
        return new PendingCommit(commit, bytes, terms, Optional.of(new Stage<>()));
    }

    /** The same, where only the library itself depends on the stage: it is told at once, on whatever thread that is. */
    public static PendingCommit reported(Commit commit, int bytes, CommitTerms terms) {
        return new PendingCommit(commit, bytes, terms, Optional.of(new DirectStage<>()));
    }

    /** Completes with the outcome; never on a thread of the library, unless it is only {@link #reported}. */
    public CompletionStage<CommitToken> stage() {
        return future.orElseThrow();
    }

    boolean isStaged() {
        return future.isPresent();
    }

    Commit commit() {
        return commit;
    }

    int bytes() {
        return bytes;
    }

    AckPolicy policy() {
        return terms.policy();
    }

    boolean isOfSubordinate() {
        return terms.ofSubordinate();
    }

    boolean wantsForce() {
        return terms.forced();
    }

    /** Its LSN once it is written; before that, 0. */
    long lsn() {
        return lsn;
    }

    /** A forwarded write that was committed before goes by that commit; before anybody else learns of it. */
    void goesBy(Standing commit) {
        earlier = new CommitToken(group, commit.generation(), commit.lsn());
    }

    /** Its name once it is written. */
    CommitToken token() {
        if (earlier != null) {
            return earlier;
        }
        return lsn == 0 ? CommitToken.NONE : new CommitToken(group, generation, lsn);
    }

    /** Takes it for writing, or for failing it unwritten; only one of all who try gets it. */
    boolean claim() {
        return CLAIMED.compareAndSet(this, false, true);
    }

    boolean isDecided() {
        return outcome != null;
    }

    /** Notes where it was written and what it still lacks; before anybody else learns of it. */
    void written(UUID inGroup, long inGeneration, long atLsn, int lacks) {
        group = inGroup;
        generation = inGeneration;
        lsn = atLsn;
        missing = lacks;
    }

    /** One of the missing things is done. */
    void done(int step) {
        int before = (int) MISSING.getAndBitwiseAnd(this, ~step);
        if ((before & step) != 0 && (before & ~step) == 0) {
            end(SUCCESS);
        }
    }

    /** It needs nothing more, because it wrote nothing. */
    void wroteNothing() {
        end(SUCCESS);
    }

    /** It ends with this exception, made in the caller's own thread so that its stack shows the caller. */
    void fail(Supplier<RuntimeException> exception) {
        end(exception);
    }

    private void end(Supplier<RuntimeException> how) {
        if (OUTCOME.compareAndSet(this, null, how)) {
            if (future.isEmpty()) {
                LockSupport.unpark(caller);
            } else {
                tellStage(future.get(), how);
            }
        }
    }

    private void tellStage(CompletableFuture<CommitToken> stage, Supplier<RuntimeException> how) {
        stage.defaultExecutor().execute(() -> {
            if (how == SUCCESS) {
                stage.complete(token());
            } else {
                stage.completeExceptionally(how.get());
            }
        });
    }

    /** Starts the time its policy may take, at the moment others may have got it. */
    void startAckTimeout(long nowNanos) {
        ackDeadlineNanos = terms.timeoutNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : nowNanos + terms.timeoutNanos();
    }

    long ackDeadlineNanos() {
        return ackDeadlineNanos;
    }

    /** Whether it has waited to be written for as long as it may. */
    boolean hasWaitedTooLong(long nowNanos) {
        return terms.timeoutNanos() != Long.MAX_VALUE && nowNanos - askedNanos > terms.timeoutNanos();
    }

    /** Wakes its caller to look after the tail; for a stage, whoever has time does. */
    void nudge(Runnable help) {
        if (future.isEmpty()) {
            nudged = true;
            LockSupport.unpark(caller);
        } else {
            LibraryPool.executor().execute(help);
        }
    }

    /**
     * Waits for the outcome. An interrupt does not end the wait, since the commit would go on without its caller; it is
     * kept for afterwards.
     *
     * @param help looks after the tail when this thread was nudged, or may have been just when it gave up
     * @param late what to fail with when nobody wrote it in time
     */
    CommitToken await(Runnable help, Supplier<RuntimeException> late) {
        boolean interrupted = false;
        while (outcome == null) {
            if (nudged) {
                nudged = false;
                help.run();
            } else if (claimed || terms.timeoutNanos() == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, Math.max(1, terms.timeoutNanos() - (System.nanoTime() - askedNanos)));
                if (hasWaitedTooLong(System.nanoTime()) && claim()) {
                    fail(late);
                    help.run();
                }
            }
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (outcome != SUCCESS) {
            throw outcome.get();
        }
        return token();
    }
}
