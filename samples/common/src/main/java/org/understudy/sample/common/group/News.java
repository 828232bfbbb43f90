package org.understudy.sample.common.group;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line for the terminal: what a site writes on its standard output, and the launcher reads.
 *
 * @param tone how welcome it is
 * @param text what happened, with the site as its unspoken subject
 */
public record News(Tone tone, String text) {

    private static final String SEPARATOR = "|";
    private static final Pattern LINE = Pattern.compile("\\b(MASTER|GOOD|PLAIN|BAD)\\|(.*?)\\]*$");

    /** The line. */
    public String line() {
        return tone + SEPARATOR + text;
    }

    /** Takes a line apart, also out of what a server's log puts around it; empty if it is none of these. */
    public static Optional<News> parse(String line) {
        Matcher news = LINE.matcher(line);
        return news.find() ? Optional.of(new News(Tone.valueOf(news.group(1)), news.group(2))) : Optional.empty();
    }
}
