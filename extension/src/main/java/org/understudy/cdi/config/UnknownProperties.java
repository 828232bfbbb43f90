package org.understudy.cdi.config;

import static org.understudy.cdi.config.PropertySource.PREFIX;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.understudy.ConfigOption;
import org.understudy.ConfigOptions;

/** Properties of ours that nothing reads: most of them are misspelt. */
final class UnknownProperties {

    /** How many letters may differ for one name to be taken for another. */
    private static final int SIMILAR = 3;

    private final Set<String> known = new TreeSet<>();

    private UnknownProperties(Collection<String> environments) {
        ApplicationOptions.all().forEach(option -> known.add(PREFIX + option.key()));
        for (ConfigOption<?> option : ConfigOptions.all()) {
            known.add(PREFIX + option.key());
            environments.forEach(name -> known.add(ConfigReader.prefix(name) + option.key()));
        }
    }

    /** One sentence for each property that nothing reads, given the names in the list of environments. */
    static List<String> among(Set<String> properties, Collection<String> environments) {
        UnknownProperties unknown = new UnknownProperties(environments);
        List<String> problems = new ArrayList<>();
        for (String property : properties) {
            if (!unknown.known.contains(property)) {
                problems.add(property + " is no property of Understudy" + unknown.advice(property, environments));
            }
        }
        return problems;
    }

    private String advice(String property, Collection<String> environments) {
        boolean named = property.startsWith(PREFIX + "environment.");
        if (named && environments.stream().map(ConfigReader::prefix).noneMatch(property::startsWith)) {
            return ": " + PREFIX + ApplicationOptions.ENVIRONMENTS.key() + " lists "
                    + (environments.isEmpty() ? "no environment" : "only " + String.join(", ", environments));
        }
        return similar(property).map(other -> "; did you mean " + other + "?").orElse("");
    }

    private Optional<String> similar(String property) {
        return known.stream()
                .filter(other -> distance(property, other) <= SIMILAR)
                .min(Comparator.comparingInt(other -> distance(property, other)));
    }

    /** How many letters have to be put in, taken out or changed to make one text of the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
