package org.understudy.store;

import java.util.Map;
import java.util.Optional;
import org.understudy.Standing;
import org.understudy.log.RecordBatch;

/** Tells whether what a transaction read or protected was written after its snapshot (protocol.md §8). */
final class ConflictCheck {
    private final ConflictIndex keys;
    private final RecentBatches batches;

    /** Knows of nothing at or below an LSN. */
    ConflictCheck(long floor) {
        keys = new ConflictIndex(floor);
        batches = new RecentBatches(floor);
    }

    /** Notes the write of a key. */
    void wrote(NumberedKey key, long lsn, long neededLsn) {
        keys.wrote(key.hash(), lsn, neededLsn);
    }

    /** Notes the records of a whole batch. */
    void wrote(RecordBatch batch) {
        batches.add(batch);
    }

    /**
     * The reason why a transaction can't be committed, if there is one.
     *
     * @param snapshot the standing of what it read
     * @param reads what it read
     * @param stored what is stored
     * @param table the databases after the commits before it
     * @param pending the keys written by the commits before it in the same batch
     */
    Optional<String> conflict(
            Standing snapshot,
            ReadSet reads,
            Stored stored,
            DatabaseTable table,
            Map<NumberedKey, PlannedChange> pending) {
        if (stored.history().generationAt(snapshot.lsn()) != snapshot.generation()) {
            return Optional.of("its snapshot " + snapshot + " is not in this site's history");
        }
        if (snapshot.lsn() < keys.floor()) {
            return Optional.of("its snapshot " + snapshot + " is older than what this master can check");
        }
        for (Map.Entry<String, Integer> read : reads.databases().entrySet()) {
            if (table.number(read.getKey()).orElse(ReadSet.NO_DATABASE) != read.getValue()) {
                return Optional.of("database " + read.getKey() + " was created, removed, renamed or truncated");
            }
        }
        for (NumberedKey key : reads.keys()) {
            if (keys.writtenSince(key.hash(), snapshot.lsn()) || pending.containsKey(key)) {
                return Optional.of("a key it read was written after its snapshot " + snapshot);
            }
        }
        for (ReadSet.ProtectedRange range : reads.ranges()) {
            if (snapshot.lsn() < batches.floor()
                    || batches.writtenSince(range, snapshot.lsn())
                    || pending.keySet().stream().anyMatch(range::contains)) {
                return Optional.of("a range it protects was written after its snapshot " + snapshot);
            }
        }
        return Optional.empty();
    }
}
