package org.understudy.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.understudy.thread.Stage;

/** Those who wait until a record is applied. Costs whoever applies nothing while nobody waits. Any thread. */
final class AppliedWaiters {
    private record Waiting(long lsn, CompletableFuture<Void> stage) {}

    private final List<Waiting> waiting = new ArrayList<>();
    private volatile long lowestLsn = Long.MAX_VALUE;

    /** Completed once the LSN is applied. */
    CompletableFuture<Void> await(long lsn, LongSupplier appliedLsn) {
        CompletableFuture<Void> stage = new Stage<>();
        synchronized (waiting) {
            waiting.removeIf(each -> each.stage().isDone());
            waiting.add(new Waiting(lsn, stage));
            lowestLsn = Math.min(lowestLsn, lsn);
        }
        reached(appliedLsn.getAsLong()); // or it would be missed when it was applied just before
        return stage;
    }

    /** So much is applied. */
    void reached(long appliedLsn) {
        if (appliedLsn < lowestLsn) {
            return;
        }
        synchronized (waiting) {
            long lowest = Long.MAX_VALUE;
            for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
                Waiting each = all.next();
                if (each.lsn() <= appliedLsn) {
                    all.remove();
                    each.stage().completeAsync(() -> null);
                } else {
                    lowest = Math.min(lowest, each.lsn());
                }
            }
            lowestLsn = lowest;
        }
    }
}
