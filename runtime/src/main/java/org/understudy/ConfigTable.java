package org.understudy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes the options of {@link ConfigOptions}, and keeps them in the order they were made. */
final class ConfigTable {

    private final List<ConfigOption<?>> options = new ArrayList<>();

    List<ConfigOption<?>> all() {
        return Collections.unmodifiableList(options);
    }

    <T> ConfigOption<T> add(ConfigOption<T> option) {
        options.add(option);
        return option;
    }

    <T> ConfigOption<T> required(
            String key, ConfigType<T> type, String accepted, Predicate<T> check, String description) {
        return add(new ConfigOption<>(key, type, Optional.empty(), accepted, check, description));
    }

    <T> ConfigOption<T> option(
            String key, ConfigType<T> type, T value, String accepted, Predicate<T> check, String description) {
        return add(new ConfigOption<>(key, type, Optional.of(value), accepted, check, description));
    }

    ConfigOption<Boolean> flag(String key, String description) {
        return option(key, ConfigType.BOOLEAN, false, "true or false", value -> true, description);
    }

    ConfigOption<Boolean> switchedOn(String key, String description) {
        return option(key, ConfigType.BOOLEAN, true, "true or false", value -> true, description);
    }

    ConfigOption<Duration> duration(String key, Duration value, Duration least, String description) {
        Duration most = Duration.ofDays(1);
        String accepted = ConfigType.DURATION.formatter().apply(least) + " to 24h";
        return option(
                key,
                ConfigType.DURATION,
                value,
                accepted,
                duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0,
                description);
    }

    ConfigOption<Long> size(String key, long value, long least, long most, String description) {
        String accepted = ConfigType.SIZE.formatter().apply(least) + " to "
                + ConfigType.SIZE.formatter().apply(most);
        return option(key, ConfigType.SIZE, value, accepted, bytes -> bytes >= least && bytes <= most, description);
    }
}
