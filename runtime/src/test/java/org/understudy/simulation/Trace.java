package org.understudy.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The last things that happened, kept as values and put into words only when somebody wants to read them. */
final class Trace {
    private static final int KEPT = Integer.getInteger("simulation.trace", 200);
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final long[] times = new long[KEPT];
    private final String[] sites = new String[KEPT];
    private final String[] verbs = new String[KEPT];
    private final Object[] objects = new Object[KEPT];
    private long count;
    private long hash;

    /** Something happened: {@code site verb object}, the object immutable. */
    void add(long micros, String site, String verb, Object object) {
        int at = (int) (count++ % KEPT);
        times[at] = micros;
        sites[at] = site;
        verbs[at] = verb;
        objects[at] = object;
        hash = Dice.mix(hash ^ micros * 31 ^ site.hashCode() ^ (long) verb.hashCode() << 32);
    }

    /** Something more that two equal runs have in common. */
    void fold(long value) {
        hash = Dice.mix(hash + value);
    }

    /** Equal for equal runs, and hardly ever for others. */
    long hash() {
        return hash;
    }

    /** What happened last, oldest first, one thing a line. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(0, count - KEPT); i < count; i++) {
            int at = (int) (i % KEPT);
            lines.add(String.format(
                    Locale.ROOT,
                    "%4d.%06d %-4s %s %s",
                    times[at] / MICROS_PER_SECOND,
                    times[at] % MICROS_PER_SECOND,
                    sites[at],
                    verbs[at],
                    Words.of(objects[at])));
        }
        return lines;
    }
}
