package org.understudy.simulation.exhaustive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every state that one site was seen in, every parcel and every memory of the promises, each once and by a number; and what
 * each move makes of each state, worked out once: the same few thousand states of a site make millions of the group's.
 */
final class SiteStates {
    private final List<SmallSite> sites = new ArrayList<>();
    private final Map<Long, Integer> siteNumbers = new HashMap<>();
    private final List<Parcel> parcels = new ArrayList<>();
    private final Map<Long, Integer> parcelNumbers = new HashMap<>();
    private final List<Promises> memories = new ArrayList<>();
    private final Map<Promises, Integer> memoryNumbers = new HashMap<>();
    private final Map<Long, Transition> transitions = new HashMap<>();

    SmallSite site(int number) {
        return sites.get(number);
    }

    Parcel parcel(int number) {
        return parcels.get(number);
    }

    Promises memory(int number) {
        return memories.get(number);
    }

    /** How many states single sites were seen in. */
    int sites() {
        return sites.size();
    }

    int number(SmallSite site) {
        return siteNumbers.computeIfAbsent(site.hash(), missing -> {
            sites.add(site);
            return sites.size() - 1;
        });
    }

    int number(Promises memory) {
        return memoryNumbers.computeIfAbsent(memory, missing -> {
            memories.add(memory);
            return memories.size() - 1;
        });
    }

    private int number(Parcel parcel) {
        return parcelNumbers.computeIfAbsent(parcel.id(), missing -> {
            parcels.add(parcel);
            return parcels.size() - 1;
        });
    }

    /** What this move makes of a site in this state. */
    Transition after(int site, SiteMove move) {
        long key = ((long) site << 32) | (long) move.kind().ordinal() << 28 | move.detail();
        Transition known = transitions.get(key);
        if (known == null) {
            Step step = Step.of(sites.get(site), move, parcels::get);
            int[] sent = step.sent.stream().mapToInt(this::number).toArray();
            known = new Transition(number(step.site), sent, List.copyOf(step.deeds));
            transitions.put(key, known);
        }
        return known;
    }
}
