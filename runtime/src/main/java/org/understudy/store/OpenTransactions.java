package org.understudy.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The transactions that hold a snapshot, so that it is let go in time whatever their owners do. */
final class OpenTransactions {
    private final Map<StoreTransaction, Long> snapshots = new ConcurrentHashMap<>();

    /** Takes one in whose snapshot is not older than an LSN. */
    void add(StoreTransaction transaction, long lsn) {
        snapshots.put(transaction, lsn);
    }

    boolean isEmpty() {
        return snapshots.isEmpty();
    }

    void remove(StoreTransaction transaction) {
        snapshots.remove(transaction);
    }

    /** The oldest LSN that a transaction which may write has as its snapshot, at least. */
    long oldestNeeded() {
        long oldest = Long.MAX_VALUE;
        for (Map.Entry<StoreTransaction, Long> entry : snapshots.entrySet()) {
            if (!entry.getKey().isReadOnly()) {
                oldest = Math.min(oldest, entry.getValue());
            }
        }
        return oldest;
    }

    boolean any(Predicate<StoreTransaction> which) {
        return snapshots.keySet().stream().anyMatch(which);
    }

    /** Ends some of them; only while nobody is inside the gate. */
    void end(Predicate<StoreTransaction> which, Ending reason) {
        snapshots.keySet().stream().filter(which).forEach(transaction -> transaction.end(reason));
    }
}
