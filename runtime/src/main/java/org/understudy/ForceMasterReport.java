package org.understudy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@link Environment#forceMaster} would find and give up now, told by {@link Environment#forceMasterDryRun}.
 *
 * @param site the site that was asked, and would be master
 * @param standing up to where its log reaches
 * @param permanentLsn the highest permanent LSN that it and the sites that answered know of
 * @param answering the other voting sites that answered, with their standings
 * @param lost the voting sites that did not answer, and would be given up
 * @param obstacles why it would be refused, a sentence each; empty if it would be done
 */
public record ForceMasterReport(
        String site,
        Standing standing,
        long permanentLsn,
        Map<String, Standing> answering,
        Set<String> lost,
        List<String> obstacles) {

    /** Keeps copies, in the order of names. */
    public ForceMasterReport {
        answering = Collections.unmodifiableMap(new TreeMap<>(answering));
        lost = Collections.unmodifiableSet(new TreeSet<>(lost));
        obstacles = List.copyOf(obstacles);
    }

    /** Whether mastership can be forced here, as things are. */
    public boolean isPossible() {
        return obstacles.isEmpty();
    }

    /**
     * From this LSN on commits that were acknowledged may be missing here, or others may stand in their place: whatever the
     * lost sites have acknowledged among themselves. Nothing below is missing.
     */
    public long mayBeMissingFromLsn() {
        return permanentLsn + 1;
    }
}
