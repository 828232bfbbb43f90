package org.understudy.site.commit;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Commits waiting for the tail: pushed by any thread, taken all at once, in their order, by the tail's owner. */
final class CommitQueue {
    private final AtomicReference<PendingCommit> newest = new AtomicReference<>();

    void push(PendingCommit commit) {
        PendingCommit before;
        do {
            before = newest.get();
            commit.next = before;
        } while (!newest.compareAndSet(before, commit));
    }

    boolean isEmpty() {
        return newest.get() == null;
    }

    Optional<PendingCommit> newest() {
        return Optional.ofNullable(newest.get());
    }

    /** Moves everything behind what is in the deque, oldest first. */
    void drainTo(ArrayDeque<PendingCommit> backlog) {
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
            backlog.addLast(oldest);
            oldest = newer;
        }
    }
}
