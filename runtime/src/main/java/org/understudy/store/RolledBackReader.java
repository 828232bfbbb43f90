package org.understudy.store;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.understudy.CommitToken;
import org.understudy.UndoneChange;
import org.understudy.UndoneTransaction;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordFrame;
import org.understudy.log.RecordKind;

/**
 * Reads what a rollback gave up. The file says which databases there were at the end; a first pass takes their changes back
 * to the match point, the second makes them again, so that every change has the name of its time.
 */
final class RolledBackReader {
    private final Path file;

    RolledBackReader(Path file) {
        this.file = file;
    }

    /** The commits in it, oldest first; to be closed. */
    Stream<UndoneTransaction> transactions() {
        Commits commits = new Commits(tableAtMatchPoint());
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(commits, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(commits.records::close);
    }

    private DatabaseTable tableAtMatchPoint() {
        List<UnaryOperator<DatabaseTable>> back = new ArrayList<>();
        try (Records records = new Records()) {
            for (Optional<RecordBatch> next = records.next(); next.isPresent(); next = records.next()) {
                if (next.get().lastLsn() <= records.header.appliedLsn()) {
                    takeBack(next.get(), back);
                }
            }
            DatabaseTable table = records.header.table();
            for (int i = back.size() - 1; i >= 0; i--) {
                table = back.get(i).apply(table);
            }
            return table;
        }
    }

    private static void takeBack(RecordBatch frame, List<UnaryOperator<DatabaseTable>> back) {
        LogRecord record = frame.iterator().next();
        if (record.kind() == RecordKind.DATABASE) {
            DatabaseChange change = DatabaseChange.decode(record.payload());
            back.add(table -> table.before(change));
        } else if (record.kind().hasChanges()) {
            ChangeReader changes = changes(frame);
            while (changes.next()) {
                if (changes.isTruncation()) {
                    int number = changes.database();
                    int fresh = changes.freshDatabase();
                    back.add(table -> table.beforeTruncation(number, fresh));
                } else if (changes.isDatabaseChange()) {
                    DatabaseChange change = changes.databaseChange();
                    back.add(table -> table.before(change));
                }
            }
        }
    }

    private static ChangeReader changes(RecordBatch frame) {
        return new ChangeReader()
                .reset(
                        frame.array(),
                        frame.arrayOffset() + RecordFrame.HEADER_BYTES,
                        frame.length() - RecordFrame.HEADER_BYTES);
    }

    private UncheckedIOException unreadable(IOException why) {
        return new UncheckedIOException("What was rolled back can't be read from " + file, why);
    }

    /** The second pass. */
    private final class Commits implements Iterator<UndoneTransaction> {
        private final Records records = new Records();
        private DatabaseTable table;
        private Optional<UndoneTransaction> next;

        Commits(DatabaseTable atMatchPoint) {
            table = atMatchPoint;
            next = seek();
        }

        @Override
        public boolean hasNext() {
            return next.isPresent();
        }

        @Override
        public UndoneTransaction next() {
            UndoneTransaction found = next.orElseThrow(NoSuchElementException::new);
            next = seek();
            return found;
        }

        private Optional<UndoneTransaction> seek() {
            for (Optional<RecordBatch> frame = records.next(); frame.isPresent(); frame = records.next()) {
                List<UndoneChange> changes = changesOf(frame.get());
                if (!changes.isEmpty()) {
                    long generation = frame.get().last().generation();
                    CommitToken token = new CommitToken(
                            records.header.group(), generation, frame.get().lastLsn());
                    return Optional.of(new UndoneTransaction(token, changes));
                }
            }
            return Optional.empty();
        }

        private List<UndoneChange> changesOf(RecordBatch frame) {
            LogRecord record = frame.iterator().next();
            if (record.kind().hasChanges()) {
                return changesOf(frame, record.lsn());
            }
            if (record.kind() != RecordKind.DATABASE) {
                return List.of();
            }
            return undone(DatabaseChange.decode(record.payload()), record.lsn());
        }

        private List<UndoneChange> undone(DatabaseChange change, long lsn) {
            table = table.after(change, lsn);
            if (change instanceof DatabaseChange.Remove remove) {
                return List.of(new UndoneChange.Removed(remove.name()));
            }
            return change instanceof DatabaseChange.Rename rename
                    ? List.of(new UndoneChange.Renamed(rename.from(), rename.to()))
                    : List.of();
        }

        private List<UndoneChange> changesOf(RecordBatch frame, long lsn) {
            List<UndoneChange> found = new ArrayList<>();
            ChangeReader changes = changes(frame);
            while (changes.next()) {
                if (changes.isDatabaseChange()) {
                    found.addAll(undone(changes.databaseChange(), lsn));
                    continue;
                }
                String database = table.nameOf(changes.database());
                if (ForwardSessions.isReserved(database)) {
                    continue; // who forwarded it is no change of the application's
                }
                if (changes.isTruncation()) {
                    table = table.afterTruncation(changes.database(), changes.freshDatabase(), lsn);
                    found.add(new UndoneChange.Truncated(database));
                } else if (changes.hasAfter()) {
                    found.add(new UndoneChange.Put(database, changes.key(), changes.after()));
                } else {
                    found.add(new UndoneChange.Deleted(database, changes.key()));
                }
            }
            return found;
        }
    }

    /** The file's records, one after the other. */
    private final class Records implements AutoCloseable {
        final RolledBackFile.Header header;
        private final DataInputStream in;

        Records() {
            try {
                in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
                header = RolledBackFile.Header.decode(in.readNBytes(in.readInt()));
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        Optional<RecordBatch> next() {
            try {
                byte[] head = in.readNBytes(RecordFrame.HEADER_BYTES);
                if (head.length == 0) {
                    return Optional.empty();
                }
                if (head.length < RecordFrame.HEADER_BYTES) {
                    throw new EOFException("a record's header is cut short");
                }
                int payload = RecordFrame.payloadLength(ByteBuffer.wrap(head), 0);
                byte[] frame = ByteBuffer.allocate(RecordFrame.size(payload))
                        .put(head)
                        .put(in.readNBytes(payload))
                        .array();
                return Optional.of(RecordBatch.parse(frame, 0, frame.length));
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }
}
