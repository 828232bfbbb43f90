package org.understudy.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.understudy.DatabaseNotHeldException;

/** The databases of one moment with their column families; replaced as a whole when a record changes them. */
final class Catalog {
    private final DatabaseTable table;
    private final Holding holding;
    private final Map<String, Family> byName = new HashMap<>();

    Catalog(DatabaseTable table, Holding holding, IntFunction<Family> families) {
        this.table = table;
        this.holding = holding;
        table.numbers().forEach((name, number) -> {
            if (table.holds(number)) {
                byName.put(name, families.apply(number));
            }
        });
    }

    DatabaseTable table() {
        return table;
    }

    /**
     * The family of a database, or null when there is no such database.
     *
     * @throws DatabaseNotHeldException when this is a partial view that doesn't hold it
     */
    Family find(String name) {
        Family family = byName.get(name);
        if (family == null) {
            holding.check(name, table);
        }
        return family;
    }

    Set<String> names() {
        return new TreeSet<>(byName.keySet());
    }
}
