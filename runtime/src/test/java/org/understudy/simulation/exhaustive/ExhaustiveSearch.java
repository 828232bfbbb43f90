package org.understudy.simulation.exhaustive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.understudy.simulation.Violation;

/** Goes through all states of a small group, breadth first, until there is no new one or too many. */
final class ExhaustiveSearch {
    private final Set<Long> visited = ConcurrentHashMap.newKeySet();
    private final AtomicLong moves = new AtomicLong();
    private volatile Optional<String> broken = Optional.empty();
    private int depth;
    private boolean complete;
    private long nanos;

    /** A state on the way, and how it was come to. */
    private static final class Visit {
        private final Visit before;
        private final String move;
        private SmallGroup group;

        Visit(Visit before, String move, SmallGroup group) {
            this.before = before;
            this.move = move;
            this.group = group;
        }

        List<String> path() {
            List<String> path = new ArrayList<>();
            for (Visit visit = this; visit.before != null; visit = visit.before) {
                path.add(visit.move);
            }
            Collections.reverse(path);
            return path;
        }
    }

    /** Searches from here; goes no level deeper once there were so many states. */
    ExhaustiveSearch searchFrom(SmallGroup start, int enoughStates) {
        long begin = System.nanoTime();
        visited.add(start.hash());
        List<Visit> level = List.of(new Visit(null, "", start));
        while (!level.isEmpty() && visited.size() < enoughStates && broken.isEmpty()) {
            level = level.parallelStream().flatMap(this::expand).toList();
            depth++;
        }
        complete = level.isEmpty();
        nanos = System.nanoTime() - begin;
        return this;
    }

    private Stream<Visit> expand(Visit visit) {
        List<Visit> next = new ArrayList<>();
        for (Move move : visit.group.moves()) {
            if (broken.isPresent()) {
                break;
            }
            moves.incrementAndGet();
            try {
                SmallGroup group = visit.group.after(move);
                if (visited.add(group.hash())) {
                    next.add(new Visit(visit, visit.group.describe(move), group));
                }
            } catch (Violation e) {
                tell(visit, move, e);
            }
        }
        visit.group = null;
        return next.stream();
    }

    private synchronized void tell(Visit visit, Move move, Violation violation) {
        if (broken.isEmpty()) {
            List<String> path = visit.path();
            path.add(visit.group.describe(move));
            broken = Optional.of(violation.getMessage() + System.lineSeparator() + "  "
                    + String.join(System.lineSeparator() + "  ", path));
        }
    }

    /** The first broken promise, and the moves that led there. */
    Optional<String> broken() {
        return broken;
    }

    int states() {
        return visited.size();
    }

    int depth() {
        return depth;
    }

    /** Whether there is no state left. */
    boolean isComplete() {
        return complete;
    }

    /** What was gone through, for people. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "%d states by %d moves, %s %d moves deep, in %.0f s",
                states(),
                moves.get(),
                complete ? "all there are, at most" : "all that are less than",
                depth,
                nanos / 1e9);
    }
}
