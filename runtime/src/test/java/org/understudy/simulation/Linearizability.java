package org.understudy.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A general check of short histories: is there an order of the operations that keeps real time and that a sequential
 * object would have answered alike? The search is Wing and Gong's, remembering (as Lowe does) which sets of operations it
 * has been at in which state. It is the second opinion on what {@link History} says in linear time.
 *
 * @param <S> the sequential object's states, which are values
 */
public final class Linearizability<S> {
    private final List<Call<S>> calls;
    private final Set<Visited<S>> visited = new HashSet<>();

    /** What a sequential object does with one operation: the next state, or nothing when it would not answer so. */
    public interface Transition<S> {
        Optional<S> from(S state);
    }

    /**
     * One operation of a history.
     *
     * @param answered when it was answered; {@link Long#MAX_VALUE} when it never was, and then it may have no effect
     */
    public record Call<S>(String name, long began, long answered, Transition<S> transition) {
        boolean mayBeMissing() {
            return answered == Long.MAX_VALUE;
        }
    }

    private record Visited<S>(BitSet done, S state) {}

    public Linearizability(List<Call<S>> calls) {
        this.calls = new ArrayList<>(calls);
    }

    /** Whether there is such an order, from this state on. */
    public boolean holdsFrom(S initial) {
        visited.clear();
        return search(initial, new BitSet(calls.size()));
    }

    private boolean search(S state, BitSet done) {
        if (isComplete(done)) {
            return true;
        }
        if (!visited.add(new Visited<>((BitSet) done.clone(), state))) {
            return false;
        }
        long firstAnswer = firstAnswer(done);
        for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
            Call<S> call = calls.get(i);
            if (call.began() > firstAnswer) {
                continue;
            }
            Optional<S> next = call.transition().from(state);
            done.set(i);
            if (next.isPresent() && search(next.get(), done)) {
                return true;
            }
            done.clear(i);
        }
        return false;
    }

    private boolean isComplete(BitSet done) {
        for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
            if (!calls.get(i).mayBeMissing()) {
                return false;
            }
        }
        return true;
    }

    /** Nothing that began after this may come before what was answered then. */
    private long firstAnswer(BitSet done) {
        long first = Long.MAX_VALUE;
        for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
            first = Math.min(first, calls.get(i).answered());
        }
        return first;
    }
}
