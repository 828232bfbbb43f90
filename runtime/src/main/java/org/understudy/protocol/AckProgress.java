package org.understudy.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.understudy.AckPolicy;

/**
 * How far each acknowledgement policy is met on a master, and which can't be met by the sites connected now
 * (protocol.md §3.1). A commit whose LSN is at or below its policy's mark has what it waits for.
 */
public final class AckProgress {
    private final long generation;
    private final long[] satisfiedLsn;
    private final boolean[] outOfReach;
    private final String[] sites;
    private final long[] ackedLsn;

    /** Copies what the master goes on counting with, by policy and by site; the sites' names it doesn't change. */
    public AckProgress(long generation, long[] satisfiedLsn, boolean[] outOfReach, String[] sites, long[] ackedLsn) {
        this.generation = generation;
        this.satisfiedLsn = satisfiedLsn.clone();
        this.outOfReach = outOfReach.clone();
        this.sites = sites;
        this.ackedLsn = ackedLsn.clone();
    }

    /** The mastership's generation. */
    public long generation() {
        return generation;
    }

    /** Commits up to this LSN have what the policy asks for, the local durability setting included. */
    public long satisfiedLsn(AckPolicy policy) {
        return satisfiedLsn[policy.ordinal()];
    }

    /** Whether too few sites are connected for the policy to be met at all. */
    public boolean outOfReach(AckPolicy policy) {
        return outOfReach[policy.ordinal()];
    }

    /** What each other voting site has acknowledged in this generation, by name. */
    public Map<String, Long> ackedBySite() {
        Map<String, Long> acked = new TreeMap<>();
        for (int i = 0; i < sites.length; i++) {
            acked.put(sites[i], ackedLsn[i]);
        }
        return acked;
    }

    @Override
    public String toString() {
        return "acks of generation " + generation + " " + Arrays.toString(satisfiedLsn) + " " + ackedBySite();
    }
}
