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
