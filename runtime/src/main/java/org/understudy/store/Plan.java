package org.understudy.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.understudy.Standing;
import org.understudy.log.RecordKind;

/** One commit on its way into the log: the records it makes. */
final class Plan {
    /** One database's keys go, all at once. */
    record Truncation(int database, int fresh) {}

    private final List<PlannedChange> changes = new ArrayList<>(1);
    private List<DatabaseChange> databases = List.of();
    private List<Truncation> truncations = List.of();
    private List<byte[]> embedded = List.of();
    private Optional<Standing> earlier = Optional.empty();
    private boolean promised;
    private boolean ofBranch;

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

    /** A change of databases that has to be in the transaction's own record. */
    void embed(DatabaseChange change) {
        embedded = List.of(change.encode());
    }

    /** It was committed, or a branch decided so, before, there, and is not again. */
    void wasCommitted(Standing before) {
        earlier = Optional.of(before);
    }

    /** It does what was promised, and may not be refused for its size any more. */
    void keepsPromise() {
        promised = true;
    }

    /** Whether it was promised. */
    boolean isPromised() {
        return promised;
    }

    /** It decides what becomes of a branch, and is forced wherever it is stored. */
    void isOfBranch() {
        ofBranch = true;
    }

    /** The kind of the transaction's record. */
    RecordKind kind() {
        return ofBranch ? RecordKind.BRANCH : RecordKind.TRANSACTION;
    }

    /** The commit of the same forwarded write that was first. */
    Optional<Standing> earlier() {
        return earlier;
    }

    /** The changes of databases within the transaction's record, encoded. */
    List<byte[]> embedded() {
        return embedded;
    }

    /** How many changes the transaction's record has. */
    int count() {
        return changes.size() + truncations.size() + embedded.size();
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
        return count() > 0;
    }

    /** How many records it makes. */
    int records() {
        return databases.size() + (hasTransaction() ? 1 : 0);
    }

    /** The size of the transaction's payload in bytes. */
    long transactionBytes() {
        long bytes = ChangeWriter.headerBytes(count());
        for (byte[] change : embedded) {
            bytes += ChangeWriter.databaseChangeBytes(change);
        }
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
