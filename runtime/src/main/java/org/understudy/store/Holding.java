package org.understudy.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.understudy.ConfigurationException;
import org.understudy.DatabaseFilter;
import org.understudy.DatabaseNotHeldException;
import org.understudy.Place;

/**
 * Which databases this store holds: all, or those that the filter of a partial view accepted when they came to it (protocol.md
 * §5). What it does not hold is still in the table, so that records of it are recognised and passed over.
 */
record Holding(Place place, Optional<DatabaseFilter> filter) {

    boolean isPartial() {
        return filter.isPresent();
    }

    boolean accepts(String name) {
        return filter.isEmpty()
                || ForwardSessions.isReserved(name)
                || filter.get().accepts(name);
    }

    /** Refuses a name that is not held, whether or not there is such a database elsewhere. */
    void check(String name, DatabaseTable table) {
        boolean isLeftOut = table.number(name).isPresent() || !accepts(name);
        if (isPartial() && isLeftOut) {
            throw new DatabaseNotHeldException(place, name);
        }
    }

    /** Refuses a store that leaves databases out although nothing says which are to be held. */
    void check(DatabaseTable table) {
        if (!isPartial() && !table.leftOut().isEmpty()) {
            List<String> names = table.numbers().entrySet().stream()
                    .filter(entry -> table.leavesOut(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            throw new ConfigurationException(
                    place,
                    List.of("view-databases is not set, but this home is a partial view's, which left out " + names
                            + ": set it as it was, or empty the home so that the site takes everything"));
        }
    }

    /** What comes as a whole copy, with this store's earlier decisions and the filter's on what is new here. */
    DatabaseTable narrowed(DatabaseTable copy, DatabaseTable before) {
        List<Integer> leftOut = new ArrayList<>();
        copy.retired().keySet().stream().filter(before::leavesOut).forEach(leftOut::add);
        copy.numbers().forEach((name, number) -> {
            if (before.knows(number) ? before.leavesOut(number) : !accepts(name)) {
                leftOut.add(number);
            }
        });
        return copy.leavingOut(leftOut);
    }
}
