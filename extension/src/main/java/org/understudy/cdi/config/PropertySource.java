package org.understudy.cdi.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.understudy.ConfigOption;
import org.understudy.ConfigOptions;

/** The application's properties, read once; and what was wrong with those that were read. */
final class PropertySource {

    /** What all of our properties begin with. */
    static final String PREFIX = "understudy.";

    private static final Set<String> KEYS = Stream.concat(
                    ConfigOptions.all().stream(), ApplicationOptions.all().stream())
            .map(ConfigOption::key)
            .collect(Collectors.toUnmodifiableSet());

    private final Config config;
    private final List<String> problems = new ArrayList<>();

    PropertySource(Config config) {
        this.config = config;
    }

    /** What is wrong, one sentence each; properties that are set are told with the source they came from. */
    List<String> problems() {
        return problems;
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    /** A problem of some options, told of the property that its first word stands for. */
    void problem(String prefix, String sentence) {
        String key = sentence.split(" ", 2)[0];
        if (KEYS.contains(key)) {
            problem(prefix + sentence + origin(prefix + key));
        } else {
            problem(prefix + "*: " + sentence);
        }
    }

    /** The text of a property; a property without text counts as not set. */
    Optional<String> text(String property) {
        try {
            return config.getOptionalValue(property, String.class);
        } catch (IllegalArgumentException | NoSuchElementException e) {
            problem(property + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The value of an option of the whole application: its default where the text is not accepted. */
    <T> T value(ConfigOption<T> option) {
        T unlessSet = option.defaultValue().orElseThrow();
        try {
            return text(PREFIX + option.key()).map(option::parse).orElse(unlessSet);
        } catch (IllegalArgumentException e) {
            problem(PREFIX, e.getMessage());
            return unlessSet;
        }
    }

    /** Our properties, from the sources that list theirs. */
    Set<String> listed() {
        Set<String> names = new TreeSet<>();
        for (ConfigSource source : config.getConfigSources()) {
            source.getPropertyNames().stream()
                    .filter(name -> name.startsWith(PREFIX) && !isVariable(source, name))
                    .forEach(names::add);
        }
        return names;
    }

    /** Variables of the operating system are listed by names that are guessed, and not all that look so are ours. */
    private static boolean isVariable(ConfigSource source, String name) {
        String variable = name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        return source.getValue(variable) != null;
    }

    private String origin(String property) {
        return Optional.ofNullable(config.getConfigValue(property).getSourceName())
                .map(source -> " (set in " + source + ")")
                .orElse("");
    }
}
