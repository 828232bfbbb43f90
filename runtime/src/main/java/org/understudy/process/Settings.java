package org.understudy.process;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.understudy.ConfigOption;
import org.understudy.ConfigOptions;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;

/** How a site is set up, so that the process that takes it over goes on with the same (protocol.md §11). */
final class Settings {
    /** What is each process's own. */
    private static final Set<ConfigOption<?>> OWN = Set.of(
            ConfigOptions.HOME,
            ConfigOptions.NAME,
            ConfigOptions.CONFLICT_ATTEMPTS,
            ConfigOptions.CONSISTENCY,
            ConfigOptions.REQUEST_TIMEOUT,
            ConfigOptions.PROCESS_TIMEOUT,
            ConfigOptions.TAKEOVER_ON_CRASH);

    private Settings() {}

    /** What this configuration says, each option as {@code key=text}. */
    static List<String> of(EnvironmentConfig config) {
        return ConfigOptions.all().stream()
                .filter(option -> !OWN.contains(option))
                .flatMap(option -> text(config, option).stream())
                .toList();
    }

    /**
     * Which options a process has set that do not hold in it, because another one has the home and is set up otherwise: for
     * each what it has here, what holds, and what to do.
     *
     * @param holding what {@link #of} says of the process that has the home
     * @param holder that process
     */
    static List<String> overruled(List<String> holding, EnvironmentConfig own, long holder) {
        return ConfigOptions.all().stream()
                .filter(option -> own.isSet(option) && !OWN.contains(option))
                .flatMap(option -> text(own, option).stream())
                .filter(mine -> !holding.contains(mine))
                .map(mine -> mine + " does not hold here: process " + holder + ", which has the home, has "
                        + holding(holding, mine) + "; set it there, or leave it away here")
                .toList();
    }

    private static String holding(List<String> holding, String mine) {
        String key = mine.substring(0, mine.indexOf('=') + 1);
        return holding.stream()
                .filter(text -> text.startsWith(key))
                .findFirst()
                .orElse("no " + key.substring(0, key.length() - 1));
    }

    private static <T> Optional<String> text(EnvironmentConfig config, ConfigOption<T> option) {
        return config.find(option).map(value -> option.key() + "=" + option.format(value));
    }

    /** The same site, with what is this process's own. */
    static EnvironmentConfig inherited(List<String> settings, EnvironmentConfig own) {
        EnvironmentConfigBuilder builder = own.toBuilder();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            builder.set(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return builder.build();
    }
}
