package org.understudy.simulation.exhaustive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.understudy.simulation.Violation;

/** Goes through all states of a small group, breadth first, until there is no new one or there were enough. */
final class ExhaustiveSearch {
    private static final int NOWHERE = -1;

    private final SiteStates states = new SiteStates();
    private final VisitedStates visited = new VisitedStates();
    private final Bounds bounds;
    private final SmallGroup start;
    private final int enough;
    private long moves;
    private Optional<String> broken = Optional.empty();
    private int depth;
    private boolean complete;
    private long nanos;

    /** Will search from an established mastership, until there were so many states. */
    ExhaustiveSearch(SmallSite.Cores cores, Bounds bounds, int enoughStates) {
        this.bounds = bounds;
        this.start = SmallGroup.established(states, cores, bounds);
        this.enough = enoughStates;
    }

    /** Whether the search begins with a master that leads both others. */
    boolean beginsWithAMaster() {
        return start.isEstablished();
    }

    /** Searches. */
    ExhaustiveSearch search() {
        long begin = System.nanoTime();
        List<int[]> level = new ArrayList<>(List.of(start.fold()));
        visited.add(level.get(0), NOWHERE, new Move(Move.Kind.FORCE, 0, 0));
        int first = 0;
        while (!level.isEmpty() && goesOn()) {
            List<int[]> next = new ArrayList<>();
            int nextFirst = visited.count();
            for (int i = 0; i < level.size() && goesOn(); i++) {
                expand(level.get(i), first + i, next);
                level.set(i, null);
            }
            if (goesOn()) {
                depth++;
            }
            level = next;
            first = nextFirst;
        }
        complete = level.isEmpty() && broken.isEmpty();
        nanos = System.nanoTime() - begin;
        return this;
    }

    private boolean goesOn() {
        return visited.count() < enough && broken.isEmpty();
    }

    private void expand(int[] state, int number, List<int[]> next) {
        for (Move move : new SmallGroup(states, bounds, state).moves()) {
            moves++;
            try {
                int[] after = new SmallGroup(states, bounds, state).apply(move).fold();
                if (visited.add(after, number, move)) {
                    next.add(after);
                }
            } catch (Violation e) {
                broken = Optional.of(e.getMessage() + path(number, move));
                return;
            }
        }
    }

    private String path(int number, Move last) {
        List<String> lines = new ArrayList<>(List.of(start.describe(last)));
        for (int state = number; visited.before(state) != NOWHERE; state = visited.before(state)) {
            lines.add(0, start.describe(visited.move(state)));
        }
        String line = System.lineSeparator() + "  ";
        return line + String.join(line, lines);
    }

    /** The first broken promise, and the moves that led there. */
    Optional<String> broken() {
        return broken;
    }

    /** Whether there is no state left. */
    boolean isComplete() {
        return complete;
    }

    /** What was gone through, for people. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "%d states (%d of single sites) by %d moves, %s %d moves deep, in %.0f s",
                visited.count(),
                states.sites(),
                moves,
                complete ? "all there are, at most" : "all that are less than",
                depth,
                nanos / 1e9);
    }
}
