package org.understudy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a site's databases held at one LSN, in short; to be compared with another site's at the same LSN.
 *
 * @param standing the record of that LSN
 * @param databases by name; of a partial view those it holds
 */
public record EnvironmentDigest(Standing standing, SortedMap<String, DatabaseDigest> databases) {

    /** Takes a copy. */
    public EnvironmentDigest {
        databases = Collections.unmodifiableSortedMap(new TreeMap<>(databases));
    }

    /**
     * In what the two differ, one sentence each; nothing when they are equal.
     *
     * @throws IllegalArgumentException if they are of different LSNs
     */
    public List<String> differencesFrom(EnvironmentDigest other) {
        if (standing.lsn() != other.standing.lsn()) {
            throw new IllegalArgumentException("Digests of LSN " + standing.lsn() + " and LSN " + other.standing.lsn()
                    + " can't be compared: take both at the same");
        }
        List<String> found = new ArrayList<>();
        if (!standing.equals(other.standing)) {
            found.add("the record of LSN " + standing.lsn() + " is of generation " + standing.generation()
                    + " here and of generation " + other.standing.generation() + " there");
        }
        SortedMap<String, DatabaseDigest> all = new TreeMap<>(databases);
        all.putAll(other.databases);
        for (String name : all.keySet()) {
            DatabaseDigest here = databases.get(name);
            DatabaseDigest there = other.databases.get(name);
            if (!Objects.equals(here, there)) {
                found.add("database " + name
                        + (here == null
                                ? " is only there"
                                : there == null
                                        ? " is only here"
                                        : " has " + here.keys() + " keys here and " + there.keys()
                                                + " there, or other values"));
            }
        }
        return found;
    }
}
