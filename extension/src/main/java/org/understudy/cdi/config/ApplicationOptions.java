package org.understudy.cdi.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.understudy.ConfigOption;
import org.understudy.ConfigOptions;
import org.understudy.ConfigType;

/** What can be configured once for the whole application, beside the options of each environment. */
public final class ApplicationOptions {

    private static final ConfigType<List<String>> NAMES =
            new ConfigType<>("name, …", ApplicationOptions::names, names -> String.join(",", names));

    /** {@code understudy.environments}. */
    public static final ConfigOption<List<String>> ENVIRONMENTS = new ConfigOption<>(
            "environments",
            NAMES,
            Optional.of(List.of()),
            "names with commas between them, each " + ConfigOptions.NAME.accepted(),
            names -> names.stream().allMatch(ConfigOptions.NAME.check()),
            "The further environments of the application. Each has its options under understudy.environment and its name.");

    /** {@code understudy.health.enabled}. */
    public static final ConfigOption<Boolean> HEALTH_ENABLED = new ConfigOption<>(
            "health.enabled",
            ConfigType.BOOLEAN,
            Optional.of(true),
            "true or false",
            value -> true,
            "Whether there are health checks, given that MicroProfile Health is there.");

    /** {@code understudy.health.max-lag}. */
    public static final ConfigOption<Integer> HEALTH_MAX_LAG = new ConfigOption<>(
            "health.max-lag",
            ConfigType.INTEGER,
            Optional.of(100_000),
            "0 to " + Integer.MAX_VALUE,
            records -> records >= 0,
            "How many records a site may lack that the master is known to have, and still be ready.");

    /** {@code understudy.jta}. */
    public static final ConfigOption<JtaMode> JTA = new ConfigOption<>(
            "jta",
            ConfigType.oneOf(JtaMode.class),
            Optional.of(JtaMode.JOIN),
            "JOIN, XA or OFF",
            value -> true,
            "Whether database calls join the JTA transaction that surrounds them, given that there is JTA: JOIN with one"
                    + " commit before the other resources', XA as a resource that is prepared and decided with them.");

    private ApplicationOptions() {}

    /** All of them. */
    public static List<ConfigOption<?>> all() {
        return List.of(ENVIRONMENTS, HEALTH_ENABLED, HEALTH_MAX_LAG, JTA);
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
