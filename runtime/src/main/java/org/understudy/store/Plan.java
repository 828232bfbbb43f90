package org.understudy.store;

import java.util.ArrayList;
import java.util.List;

/** One commit on its way into the log: the records it makes. */
final class Plan {
    /** One database's keys go, all at once. */
    record Truncation(int database, int fresh) {}

    private final List<PlannedChange> changes = new ArrayList<>(1);
    private List<DatabaseChange> databases = List.of();
    private List<Truncation> truncations = List.of();

    void add(PlannedChange change) {
        changes.add(change);
    }

    void add(DatabaseChange change) {
        if (databases.isEmpty()) {
            databases = new ArrayList<>();
        }
        databases.add(change);
    }

    void add(Truncation truncation) {
        if (truncations.isEmpty()) {
            truncations = new ArrayList<>();
        }
        truncations.add(truncation);
    }

    /** The changes of databases, each a record of its own before the transaction's. */
    List<DatabaseChange> databases() {
        return databases;
    }

    List<Truncation> truncations() {
        return truncations;
    }

    List<PlannedChange> changes() {
        return changes;
    }

    boolean hasTransaction() {
        return !changes.isEmpty() || !truncations.isEmpty();
    }

    /** How many records it makes. */
    int records() {
        return databases.size() + (hasTransaction() ? 1 : 0);
    }

    /** The size of the transaction's payload in bytes. */
    long transactionBytes() {
        long bytes = ChangeWriter.headerBytes(changes.size() + truncations.size());
        for (Truncation truncation : truncations) {
            bytes += ChangeWriter.truncationBytes(truncation.database(), truncation.fresh());
        }
        for (PlannedChange change : changes) {
            bytes += ChangeWriter.changeBytes(
                    change.key().database(), change.key().key(), change.after(), change.before());
        }
        return bytes;
    }
}
