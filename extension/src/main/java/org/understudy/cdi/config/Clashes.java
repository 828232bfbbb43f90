package org.understudy.cdi.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.understudy.ConfigOptions;
import org.understudy.EnvironmentConfig;
import org.understudy.StorageKind;

/** What several environments of one application cannot share. */
final class Clashes {

    private Clashes() {}

    /** What is wrong between environments that are each well configured, one sentence each. */
    static List<String> between(Collection<EnvironmentConfig> environments) {
        List<String> problems = new ArrayList<>();
        shared(environments, Clashes::home)
                .forEach((home, names) -> problems.add("The environments " + names + " have one home, " + home
                        + "; give each a directory of its own"));
        shared(environments, EnvironmentConfig::localSite)
                .forEach((site, names) -> problems.add("The environments " + names + " have one local-site, " + site
                        + "; give each a port of its own"));
        shared(environments, config -> Optional.of(config.group()).filter(group -> config.groupCreator()))
                .forEach((group, names) ->
                        problems.add("The environments " + names + " both have group-creator = true" + " for the group "
                                + group + ", and would make two groups of one name; set it on one of them"));
        return problems;
    }

    /** Where it lives; nowhere, if in memory. */
    private static Optional<String> home(EnvironmentConfig config) {
        return config.find(ConfigOptions.HOME)
                .filter(home -> config.storage() == StorageKind.DISK)
                .map(home -> home.toAbsolutePath().normalize().toString());
    }

    private static Map<String, String> shared(
            Collection<EnvironmentConfig> environments, Function<EnvironmentConfig, Optional<String>> property) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (EnvironmentConfig config : environments) {
            property.apply(config).ifPresent(value -> names.computeIfAbsent(value, key -> new ArrayList<>())
                    .add(config.name()));
        }
        Map<String, String> shared = new LinkedHashMap<>();
        names.forEach((value, users) -> {
            if (users.size() > 1) {
                shared.put(value, String.join(" and ", users));
            }
        });
        return shared;
    }
}
