package org.understudy.benchmarks.harness;

import java.util.Locale;

/** One line of the table: what was measured, and which way is better. */
record Figure(String title, Unit unit) {
    /** How a figure's values read. */
    enum Unit {
        PER_SECOND("%,.0f /s", true),
        SECONDS("%.3f s", false),
        MEBIBYTES("%,.0f MiB", false),
        TIMES("%.3f ×", true);

        private final String format;
        private final boolean moreIsBetter;

        Unit(String format, boolean moreIsBetter) {
            this.format = format;
            this.moreIsBetter = moreIsBetter;
        }

        String format(double value) {
            return String.format(Locale.ROOT, format, value);
        }
    }

    /** How many times better {@code ours} is than {@code theirs}, whichever way is better. */
    double ratio(double ours, double theirs) {
        return unit.moreIsBetter ? ours / theirs : theirs / ours;
    }
}
