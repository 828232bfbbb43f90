package org.understudy.simulation;

import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The only chance there is: a small generator that a seed decides, and that is forked for each concern, so that a new kind
 * of fault does not reshuffle the others (simulation.md, World).
 */
final class Dice implements RandomGenerator {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final int LONGEST_IN_MEANS = 8;

    private final long seed;
    private long state;

    Dice(long seed) {
        this.seed = seed;
        this.state = seed;
    }

    /** A generator for one concern: what it throws depends on the seed and the name alone. */
    Dice fork(String concern) {
        long mixed = seed;
        for (int i = 0; i < concern.length(); i++) {
            mixed = mix(mixed + GAMMA * (concern.charAt(i) + 1));
        }
        return new Dice(mixed);
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** True so many times in one. */
    boolean chance(double probability) {
        return probability > 0 && (nextLong() >>> 11) * 0x1.0p-53 < probability;
    }

    /** A whole number from {@code low} to {@code high}, both possible. */
    long between(long low, long high) {
        return low + Long.remainderUnsigned(nextLong(), high - low + 1);
    }

    /** A whole number from 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) between(0, bound - 1L);
    }

    /** One of a list. */
    <T> T pick(List<T> list) {
        return list.get(below(list.size()));
    }

    /** A span between the two whose order of magnitude is drawn, not its size. */
    long magnitude(long low, long high) {
        double share = (nextLong() >>> 11) * 0x1.0p-53;
        return Math.round(low * Math.pow((double) high / low, share));
    }

    /** A span until something happens that happens so often on average. */
    long until(long mean) {
        double share = ((nextLong() >>> 11) + 1) * 0x1.0p-53;
        return Math.max(1, (long) Math.min(-Math.log(share) * mean, (double) mean * LONGEST_IN_MEANS));
    }

    /** A random id. */
    UUID uuid() {
        return new UUID(nextLong(), nextLong());
    }

    /** Scrambles a number: equal in, equal out. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
