package org.understudy.sample.common.group;

import java.util.Optional;

/**
 * A line for the terminal: what a site writes on its standard output, and the launcher reads.
 *
 * @param tone how welcome it is
 * @param text what happened, with the site as its unspoken subject
 */
public record News(Tone tone, String text) {

    private static final String SEPARATOR = "|";

    /** The line. */
    public String line() {
        return tone + SEPARATOR + text;
    }

    /** Takes a line apart; empty if it is none of these. */
    public static Optional<News> parse(String line) {
        for (Tone tone : Tone.values()) {
            if (line.startsWith(tone + SEPARATOR)) {
                return Optional.of(new News(tone, line.substring(tone.name().length() + SEPARATOR.length())));
            }
        }
        return Optional.empty();
    }
}
