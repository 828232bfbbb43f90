package org.understudy.store;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one commit wants to write, by database. */
final class WriteSet {
    private final SortedMap<String, DatabaseWrites> databases = new TreeMap<>();

    /** What it writes to a database; empty when it writes nothing there. */
    DatabaseWrites of(String database) {
        return databases.getOrDefault(database, DatabaseWrites.NONE);
    }

    DatabaseWrites to(String database) {
        return databases.computeIfAbsent(database, name -> new DatabaseWrites());
    }

    boolean isEmpty() {
        return databases.isEmpty();
    }

    Collection<Map.Entry<String, DatabaseWrites>> all() {
        return databases.entrySet();
    }
}
