package org.understudy.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.understudy.Standing;
import org.understudy.log.GenerationHistory;
import org.understudy.log.LogRecord;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordFrame;

/**
 * Gathers what takes records back, from their before-images (protocol.md §5). The records come oldest first: what the oldest
 * change of a key found before it is what taking all of them back, newest first, leaves.
 */
final class Undo {
    private final Effects effects;
    private final Stored stored;
    private final ChangeReader changes = new ChangeReader();
    private final Set<NumberedKey> restored = new HashSet<>();
    private final Set<Integer> created = new HashSet<>();
    private final List<UnaryOperator<DatabaseTable>> tableChanges = new ArrayList<>();
    private Optional<MemberTable> membersBefore = Optional.empty();

    Undo(Effects effects, Stored stored) {
        this.effects = effects;
        this.stored = stored;
    }

    /** Takes a batch's records back, those that have been applied. */
    void take(RecordBatch records) {
        int at = records.arrayOffset();
        for (LogRecord record : records) {
            if (record.lsn() <= stored.applied().lsn()) {
                int payload = record.frameBytes() - RecordFrame.HEADER_BYTES;
                take(record, changes, records.array(), at + RecordFrame.HEADER_BYTES, payload);
            }
            at += record.frameBytes();
        }
    }

    private void take(LogRecord record, ChangeReader reader, byte[] array, int at, int length) {
        switch (record.kind()) {
            case TRANSACTION, BRANCH -> takeTransaction(reader.reset(array, at, length));
            case DATABASE -> takeDatabase(DatabaseChange.decode(record.payload()));
            case MEMBERSHIP -> {
                MemberTable before = MembershipChange.decode(record.payload()).before();
                membersBefore = Optional.of(membersBefore.orElse(before));
            }
            case GENERATION -> { // the history is cut as a whole
            }
        }
    }

    private void takeTransaction(ChangeReader reader) {
        while (reader.next()) {
            int database = reader.database();
            if (reader.isTruncation()) {
                int fresh = reader.freshDatabase();
                created.add(fresh);
                tableChanges.add(table -> table.beforeTruncation(database, fresh));
            } else if (reader.isDatabaseChange()) {
                takeDatabase(reader.databaseChange());
            } else if (!effects.table().leavesOut(database)
                    && !created.contains(database)
                    && restored.add(new NumberedKey(database, reader.key()))) {
                reader.undo(effects.batch(), effects.family(database).id());
            }
        }
    }

    private void takeDatabase(DatabaseChange change) {
        if (change instanceof DatabaseChange.Create create) {
            created.add(create.number());
        }
        tableChanges.add(table -> table.before(change));
    }

    /** Sets back what else the records changed. */
    void finish(Standing matchPoint) {
        DatabaseTable table = effects.table();
        for (int i = tableChanges.size() - 1; i >= 0; i--) {
            table = tableChanges.get(i).apply(table);
        }
        GenerationHistory history = stored.history().upTo(matchPoint.lsn());
        effects.restore(table, history, membersBefore.orElse(stored.members()));
        effects.batch().put(Meta.FAMILY, Meta.PENDING_CUT, Meta.encode(matchPoint));
    }
}
