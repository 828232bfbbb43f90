package org.understudy.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.understudy.ByteRange;
import org.understudy.Direction;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordKind;

/** What a log's records amount to, worked out in maps: database by name, value by key. */
final class LogFold {
    private final Map<String, Integer> numbers = new TreeMap<>();
    private final Map<Integer, Map<String, String>> contents = new TreeMap<>();
    private final ChangeReader changes = new ChangeReader();

    void take(RecordBatch records) {
        for (LogRecord record : records) {
            if (record.kind().hasChanges()) {
                byte[] payload = record.payloadBytes();
                changes.reset(payload, 0, payload.length);
                while (changes.next()) {
                    takeChange();
                }
            } else if (record.kind() == RecordKind.DATABASE) {
                takeDatabase(DatabaseChange.decode(record.payload()));
            }
        }
    }

    private void takeChange() {
        if (changes.isTruncation()) {
            numbers.replaceAll((name, number) -> number == changes.database() ? changes.freshDatabase() : number);
            contents.put(changes.freshDatabase(), new TreeMap<>());
        } else if (changes.hasAfter()) {
            contents.get(changes.database()).put(text(changes.key()), text(changes.after()));
        } else {
            contents.get(changes.database()).remove(text(changes.key()));
        }
    }

    private void takeDatabase(DatabaseChange change) {
        if (change instanceof DatabaseChange.Create create) {
            numbers.put(create.name(), create.number());
            contents.put(create.number(), new TreeMap<>());
        } else if (change instanceof DatabaseChange.Remove remove) {
            numbers.remove(remove.name());
        } else if (change instanceof DatabaseChange.Rename rename) {
            numbers.put(rename.to(), numbers.remove(rename.from()));
        }
    }

    Map<String, Map<String, String>> databases() {
        Map<String, Map<String, String>> found = new TreeMap<>();
        numbers.forEach((name, number) -> found.put(name, contents.get(number)));
        return found;
    }

    /** The same of what a store holds. */
    static Map<String, Map<String, String>> of(Store store) {
        Map<String, Map<String, String>> found = new TreeMap<>();
        try (StoreTransaction transaction = store.begin(true)) {
            for (String name : store.databaseNames()) {
                Map<String, String> keys = new TreeMap<>();
                StoreCursor cursor = transaction.cursor(name, ByteRange.ALL, Direction.FORWARDS);
                while (cursor.next()) {
                    keys.put(text(cursor.key()), text(cursor.value()));
                }
                found.put(name, keys);
            }
        }
        return found;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
