package org.understudy.cdi.telemetry;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * A figure that becomes a metric.
 *
 * @param <T> what it is read from: a site's status, what that says of one member, or what the application's calls counted
 * @param name the metric's name
 * @param unit its unit, as OpenTelemetry writes units
 * @param kind how it behaves
 * @param place where the same figure stands in {@link org.understudy.Status}; empty if it stands nowhere there
 * @param description what it is
 * @param value reads it; empty if there is none now
 */
record Figure<T>(
        String name,
        String unit,
        Kind kind,
        String place,
        String description,
        Function<T, Optional<? extends Number>> value) {

    /** How a figure behaves. */
    enum Kind {
        /** It only grows, from the opening of the environment on. */
        COUNTER,
        /** It goes up and down; a whole number. */
        GAUGE,
        /** It goes up and down; a time in seconds. */
        TIME
    }

    static <T> Figure<T> counter(String name, String unit, String place, String description, ToLongFunction<T> value) {
        return new Figure<>(name, unit, Kind.COUNTER, place, description, from -> Optional.of(value.applyAsLong(from)));
    }

    static <T> Figure<T> gauge(String name, String unit, String place, String description, ToLongFunction<T> value) {
        return new Figure<>(name, unit, Kind.GAUGE, place, description, from -> Optional.of(value.applyAsLong(from)));
    }

    /** Whether something is so: 1 or 0. */
    static <T> Figure<T> whether(String name, String place, String description, Predicate<T> value) {
        return gauge(name, "1", place, description, from -> value.test(from) ? 1 : 0);
    }

    static <T> Figure<T> time(String name, String place, String description, Function<T, Optional<Duration>> value) {
        return new Figure<>(name, "s", Kind.TIME, place, description, from -> value.apply(from)
                .map(Figure::seconds));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
