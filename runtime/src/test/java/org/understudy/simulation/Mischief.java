package org.understudy.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** What a broken transport does to single frames, each so often: it plays an old one again, doubles one, or swaps two. */
final class Mischief {
    private final Dice dice;
    private final Consumer<FaultKind> counter;
    private final Map<FaultKind, Double> probabilities = new EnumMap<>(FaultKind.class);

    Mischief(Dice dice, Consumer<FaultKind> counter) {
        this.dice = dice;
        this.counter = counter;
    }

    /** From now on this happens so many times in one. */
    void allow(FaultKind kind, double probability) {
        probabilities.put(kind, probability);
    }

    /** From now on the transport is sound. */
    void stop() {
        probabilities.clear();
    }

    /** Whether this may happen at all. */
    boolean allows(FaultKind kind) {
        return probabilities.containsKey(kind);
    }

    /** Whether this happens now. */
    boolean happens(FaultKind kind) {
        boolean happens = dice.chance(probabilities.getOrDefault(kind, 0.0));
        if (happens) {
            counter.accept(kind);
        }
        return happens;
    }

    Dice dice() {
        return dice;
    }
}
