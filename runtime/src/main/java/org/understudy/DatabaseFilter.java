package org.understudy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which databases a partial view holds: Berkeley DB's view callback. It is asked once for each database, when that comes to
 * the view, by whichever way; the answer then holds until the database is removed, also under another name. So a filter that
 * has changed matters only for databases that are not there yet.
 *
 * <p>It must give the same answer for the same name always, must not throw, and is called on the library's threads, one call
 * at a time.
 */
@FunctionalInterface
public interface DatabaseFilter {

    /** Whether the view is to hold the database that is created under this name. */
    boolean accepts(String database);

    /** Accepts the names that match one of the patterns, in which {@code *} stands for any text and {@code ?} for one character. */
    static DatabaseFilter ofPatterns(List<String> patterns) {
        Pattern compiled = Pattern.compile(
                patterns.stream().map(DatabaseFilter::regex).collect(Collectors.joining("|")), Pattern.DOTALL);
        return database -> compiled.matcher(database).matches();
    }

    private static String regex(String pattern) {
        return pattern.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf((char) c)))
                .collect(Collectors.joining());
    }
}
