package org.understudy.cdi.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.Role;
import org.understudy.SiteStatus;
import org.understudy.Standing;
import org.understudy.Status;
import org.understudy.WonElection;
import org.understudy.cdi.Ports;

class FiguresTest {

    private static final Path MANUAL = Path.of("..", "docs", "cdi.md");
    private static final Path EXPECTED = Path.of("target", "metrics.md");

    /** Figures that tell nothing over time: what something is, and what another metric's name already says. */
    private static final Set<String> NOT_MEASURED = Set.of(
            "local.id",
            "local.view",
            "local.startedOnce",
            "log.lastLsn",
            "process.pid",
            "process.holderPid",
            "sites.id",
            "sites.local",
            "sites.view",
            "sites.priority",
            "elections.lastWon.generation",
            "elections.lastWon.votes",
            "elections.lastWon.votesNeeded");

    @TempDir
    Path home;

    @Test
    void each_is_what_stands_at_its_place_in_the_status() {
        EnvironmentConfig config = EnvironmentConfig.builder(home)
                .localSite("127.0.0.1:" + Ports.free())
                .groupCreator(true)
                .build();
        try (Environment environment = Environment.open(config)) {
            environment.start();
            Status status = environment.status();
            Figures.OF_A_SITE.forEach(
                    figure -> assertThat(figure.value().apply(status).map(Number::doubleValue))
                            .as(figure.place())
                            .isEqualTo(number(at(status, figure.place()))));
            SiteStatus member = status.sites().get(0);
            Figures.OF_MEMBERS.forEach(
                    figure -> assertThat(figure.value().apply(member).map(Number::doubleValue))
                            .as(figure.place())
                            .isEqualTo(number(at(member, figure.place().replaceFirst("^sites\\.", "")))));
        }
    }

    @Test
    void every_number_of_the_status_is_one() {
        Set<String> places =
                figures().map(Figure::place).filter(place -> !place.isEmpty()).collect(Collectors.toSet());
        assertThat(numbers("", Status.class))
                .hasSizeGreaterThan(60)
                .allMatch(
                        place -> places.contains(place) != NOT_MEASURED.contains(place),
                        "have a figure, or are listed as not measured in this test");
    }

    @Test
    void names_and_units_follow_the_conventions_of_OpenTelemetry() {
        assertThat(figures().map(Figure::name))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("understudy(\\.[a-z]+(_[a-z]+)*)+"))
                .allMatch(name -> figures().noneMatch(other -> other.name().startsWith(name + ".")));
        assertThat(figures().map(Figure::unit)).allMatch(unit -> unit.matches("1|s|By|\\{[a-z]+}"));
    }

    @Test
    void the_manual_lists_them() throws IOException {
        List<String> expected = table();
        Files.write(EXPECTED, expected);
        assertThat(Files.readAllLines(MANUAL).stream()
                        .dropWhile(line -> !line.startsWith("<!-- metrics: begin"))
                        .skip(1)
                        .takeWhile(line -> !line.startsWith("<!-- metrics: end")))
                .as("the table in docs/cdi.md; what it should be is in extension/%s", EXPECTED)
                .containsExactlyElementsOf(expected);
    }

    private static List<String> table() {
        Stream<String> head =
                Stream.of("| metric | kind | unit | in `Status` | what it tells |", "| --- | --- | --- | --- | --- |");
        Stream<String> rows = figures()
                .map(figure -> "| `" + figure.name() + "` | "
                        + (figure.kind() == Figure.Kind.COUNTER ? "counter" : "gauge") + " | `" + figure.unit()
                        + "` | "
                        + (figure.place().isEmpty() ? "–" : "`" + figure.place() + "`") + " | " + figure.description()
                        + " |");
        return Stream.concat(head, rows).toList();
    }

    private static Stream<Figure<?>> figures() {
        return Stream.of(Figures.OF_A_SITE, Figures.OF_CALLS, Figures.OF_MEMBERS)
                .flatMap(List::stream);
    }

    /** Where numbers stand in a status. */
    private static Stream<String> numbers(String prefix, Class<?> type) {
        return Stream.of(type.getRecordComponents()).flatMap(component -> {
            String place = prefix + component.getName();
            return switch (component.getName()) {
                case "sites" -> numbers(place + ".", SiteStatus.class);
                case "lastWon" -> numbers(place + ".", WonElection.class);
                default ->
                    component.getType().isRecord() && component.getType() != Standing.class
                            ? numbers(place + ".", component.getType())
                            : Stream.of(place).filter(leaf -> isNumber(component));
            };
        });
    }

    private static boolean isNumber(RecordComponent component) {
        Class<?> type = component.getType();
        return type.isPrimitive() || type == OptionalLong.class || type == OptionalInt.class || type == Duration.class;
    }

    private static Object at(Object from, String place) {
        Object value = from;
        for (String step : place.split("\\.")) {
            if (value instanceof Optional<?> optional) {
                if (optional.isEmpty()) {
                    return optional;
                }
                value = optional.get();
            }
            try {
                value = value.getClass().getMethod(step).invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(place + " does not exist", e);
            }
        }
        return place.endsWith("Millis") ? inSeconds(value) : value;
    }

    /** Metrics give times in seconds. */
    private static Object inSeconds(Object millis) {
        Optional<Double> number = number(millis);
        return number.map(value -> value / 1000);
    }

    private static Optional<Double> number(Object value) {
        if (value instanceof Number number) {
            return Optional.of(number.doubleValue());
        }
        if (value instanceof Boolean is) {
            return Optional.of(is ? 1.0 : 0.0);
        }
        if (value instanceof Role role) {
            return Optional.of(role == Role.MASTER ? 1.0 : 0.0);
        }
        if (value instanceof Standing standing) {
            return Optional.of((double) standing.lsn());
        }
        if (value instanceof Duration time) {
            return Optional.of(time.toNanos() / 1e9);
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? Optional.of((double) optional.getAsLong()) : Optional.empty();
        }
        if (value instanceof Optional<?> optional) {
            return optional.flatMap(FiguresTest::number);
        }
        throw new AssertionError(value + " is no number");
    }
}
