package org.understudy.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** The databases of one moment with their column families; replaced as a whole when a record changes them. */
final class Catalog {
    private final DatabaseTable table;
    private final Map<String, Family> byName = new HashMap<>();

    Catalog(DatabaseTable table, IntFunction<Family> families) {
        this.table = table;
        table.numbers().forEach((name, number) -> byName.put(name, families.apply(number)));
    }

    DatabaseTable table() {
        return table;
    }

    /** The family of a database, or null when there is no such database. */
    Family find(String name) {
        return byName.get(name);
    }

    Set<String> names() {
        return new TreeSet<>(byName.keySet());
    }
}
