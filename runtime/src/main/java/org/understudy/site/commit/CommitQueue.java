package org.understudy.site.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Commits waiting for the tail. Any thread pushes; everything else is for the tail's owner, who takes all that was pushed
 * at once and works it off in order.
 */
final class CommitQueue {
    /** The most commits written as one batch, so that the first of them does not wait for ever more behind it. */
    static final int BATCH_COMMITS = 256;
    /** About the most bytes written as one batch; a larger commit is one by itself. */
    static final int BATCH_BYTES = 1 << 20;

    private final AtomicReference<PendingCommit> newest = new AtomicReference<>();
    private final ArrayDeque<PendingCommit> taken = new ArrayDeque<>();
    private volatile boolean leftOver;

    /** Adds one behind all others. */
    void push(PendingCommit commit) {
        PendingCommit before;
        do {
            before = newest.get();
            commit.next = before;
        } while (!newest.compareAndSet(before, commit));
    }

    /** Whether anybody waits: pushed, or left over by the owner before. Any thread. */
    boolean isWaitedIn() {
        return leftOver || newest.get() != null;
    }

    /** Takes what was pushed, and tells whether there is anything to work off. */
    boolean take() {
        PendingCommit oldest = null;
        PendingCommit at = newest.getAndSet(null);
        while (at != null) {
            PendingCommit older = at.next;
            at.next = oldest;
            oldest = at;
            at = older;
        }
        while (oldest != null) {
            PendingCommit newer = oldest.next;
            oldest.next = null;
            taken.addLast(oldest);
            oldest = newer;
        }
        return !taken.isEmpty();
    }

    /** The next ones to write together, claimed; none if those there are have given up. */
    List<PendingCommit> nextBatch() {
        List<PendingCommit> batch = new ArrayList<>(Math.min(taken.size(), BATCH_COMMITS));
        int bytes = 0;
        while (!taken.isEmpty() && batch.size() < BATCH_COMMITS && bytes < BATCH_BYTES) {
            PendingCommit next = taken.poll();
            if (next.claim()) {
                batch.add(next);
                bytes += next.bytes();
            }
        }
        return batch;
    }

    /** Fails all that were taken. */
    void refuseAll(Supplier<RuntimeException> refusal) {
        for (PendingCommit next = taken.poll(); next != null; next = taken.poll()) {
            if (next.claim()) {
                next.fail(refusal);
            }
        }
    }

    /** Fails those that were taken and have waited for longer than they may. */
    void expire(long nowNanos, Supplier<RuntimeException> late) {
        taken.removeIf(commit -> {
            boolean over = commit.hasWaitedTooLong(nowNanos);
            if (over && commit.claim()) {
                commit.fail(late);
            }
            return over;
        });
    }

    /** The one that is next, if there is one. */
    Optional<PendingCommit> first() {
        return Optional.ofNullable(taken.peek());
    }

    /** To be called before the tail is left: whoever looks next sees what is left over. */
    void leave() {
        leftOver = !taken.isEmpty();
    }
}
