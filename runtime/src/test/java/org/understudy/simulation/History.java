package org.understudy.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.understudy.AckPolicy;
import org.understudy.Standing;

/**
 * Judges a run's commits afterwards. Every commit has a place in the log, so strict serialisability needs no search: in
 * the order of their LSNs, none that began after another had answered stands before it (simulation.md). Judges simulated
 * runs and those of real processes alike.
 */
public final class History {
    private static final String NAME = "the commits are strictly serialisable";

    private History() {}

    /** Checks the commits against the log that all sites agree on in the end. */
    static void check(List<Operation> commits, Node end) {
        check(commits, places(end));
    }

    /**
     * The same, where it was said of some commits that they are lost. A write that was forwarded and is not answered yet is
     * made anew by the next master (protocol.md §9): that one is judged like any other. So is the record of it that an earlier
     * master had made, unknown to whom answered, and that was undone nowhere since (seed 837374): the write stands once.
     */
    static void check(List<Operation> commits, Node end, Set<Long> lost) {
        Map<Long, Standing> places = places(end);
        commits.stream()
                .filter(commit -> lost.contains(commit.serial()) && commit.isForwarded())
                .forEach(commit -> Optional.ofNullable(places.get(commit.serial()))
                        .filter(place -> place.generation() < commit.token().generation())
                        .ifPresent(place -> commit.written("an earlier master", place)));
        check(
                commits.stream()
                        .filter(commit -> !lost.contains(commit.serial()) || places.containsKey(commit.serial()))
                        .toList(),
                places);
    }

    /** Checks the commits against where the log, in the end, holds which serial. */
    public static void check(List<Operation> commits, Map<Long, Standing> places) {
        Map<Long, Standing> unclaimed = new HashMap<>(places);
        List<Operation> kept = new ArrayList<>();
        for (Operation commit : commits) {
            Optional<Standing> place = Optional.ofNullable(unclaimed.remove(commit.serial()));
            if (commit.isPlaceUnknown()) {
                place.ifPresent(standing -> commit.written("an unknown master", standing));
            }
            checkPlace(commit, place);
            place.ifPresent(standing -> kept.add(commit));
        }
        if (!unclaimed.isEmpty()) {
            throw new Violation(NAME, "the log holds what nobody committed: " + unclaimed);
        }
        checkOrder(kept);
    }

    private static Map<Long, Standing> places(Node end) {
        Map<Long, Standing> places = new HashMap<>();
        for (Node node = end; node.lsn() > 0; node = node.parent().orElseThrow()) {
            if (node.serial() != 0 && places.put(node.serial(), node.standing()) != null) {
                throw new Violation(NAME, "commit " + node.serial() + " stands twice in the log");
            }
        }
        return places;
    }

    private static void checkPlace(Operation commit, Optional<Standing> place) {
        if (place.isPresent() && !place.get().equals(commit.token())) {
            throw new Violation(NAME, commit + " stands at " + place);
        }
        if (place.isPresent() && commit.outcome() == Operation.Outcome.REFUSED) {
            throw new Violation(NAME, commit + " left a record");
        }
        boolean promised = commit.outcome() == Operation.Outcome.DONE
                && (commit.policy() == AckPolicy.QUORUM || commit.policy() == AckPolicy.ALL);
        if (promised && place.isEmpty()) {
            throw new Violation(NAME, commit + " is lost");
        }
    }

    private static void checkOrder(List<Operation> kept) {
        kept.sort(Comparator.comparingLong(commit -> commit.token().lsn()));
        long earliestAnswer = Long.MAX_VALUE;
        for (int i = kept.size() - 1; i >= 0; i--) {
            Operation commit = kept.get(i);
            if (commit.beganMicros() > earliestAnswer) {
                throw new Violation(NAME, commit + " began after a commit behind it in the log was answered");
            }
            earliestAnswer = Math.min(earliestAnswer, commit.answeredMicros());
        }
    }
}
