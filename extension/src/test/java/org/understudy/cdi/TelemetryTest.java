package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.Status;
import org.understudy.cdi.mastership.MasterOnly;

class TelemetryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path home;

    @Singleton
    static class Names {
        @Inject
        Environment environment;

        @Inject
        @DatabaseName("names")
        Database<Integer, String> names;
    }

    /** What MicroProfile Telemetry has to inject, with a reader that the test asks. */
    @Singleton
    static class Sdk {
        final InMemoryMetricReader reader = InMemoryMetricReader.create();

        @Produces
        @ApplicationScoped
        OpenTelemetry telemetry() {
            return OpenTelemetrySdk.builder()
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(reader)
                            .build())
                    .build();
        }
    }

    /** What runs on the master only. */
    @Singleton
    public static class Job {
        /** Never called. */
        @MasterOnly
        public void run() {}
    }

    /** One that does all but end. */
    @Singleton
    static class Endless {
        @Produces
        @Singleton
        OpenTelemetry telemetry() {
            Meter meter = answering(Meter.class, OpenTelemetry.noop().getMeter("none"), "batchCallback", end());
            return answering(OpenTelemetry.class, OpenTelemetry.noop(), "getMeter", meter);
        }

        private static BatchCallback end() {
            return new BatchCallback() {
                @Override
                public void close() {
                    throw new IllegalStateException("never, as a test");
                }
            };
        }

        private static <T> T answering(Class<T> type, T other, String name, Object answer) {
            return type.cast(Proxy.newProxyInstance(
                    Endless.class.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) ->
                            method.getName().equals(name) ? answer : method.invoke(other, arguments)));
        }
    }

    @Test
    void an_OpenTelemetry_that_can_not_be_ended_leaves_no_environment_open() {
        try (LoggedOnPurpose log = new LoggedOnPurpose("as a test", Environments.class)) {
            try (Application.Started application =
                    Application.start(List.of("understudy.home", home.toString()), Names.class, Endless.class)) {
                assertThat(application.get(Names.class).environment.databaseNames())
                        .isEmpty();
            }
            assertThat(log.messages()).singleElement().asString().startsWith("USTDY-0813 the metrics");
        }
        List<String> alone = List.of("understudy.home", home.toString(), "understudy.subordinates", "false");
        Application.start(alone, Names.class).close();
    }

    @AfterEach
    void forget() {
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void the_figures_of_the_status_are_metrics_of_the_OpenTelemetry_that_can_be_injected() {
        String site = "localhost:" + Ports.free();
        try (Application.Started application = Application.start(grouped(site), Names.class, Sdk.class)) {
            InMemoryMetricReader reader = application.get(Sdk.class).reader;
            Names names = writeOnce(application);
            Status status = names.environment.status();
            Map<String, MetricData> metrics = metrics(reader);
            assertThat(metrics).hasSizeGreaterThan(50);

            MetricData commits = metrics.get("understudy.commit.count");
            assertThat(commits.getType()).isEqualTo(MetricDataType.LONG_SUM);
            assertThat(commits.getLongSumData().isMonotonic()).isTrue();
            assertThat(commits.getUnit()).isEqualTo("{commit}");
            assertThat(commits.getLongSumData().getPoints())
                    .extracting(LongPointData::getValue)
                    .containsExactly(status.commits().committed());

            MetricData lsn = metrics.get("understudy.log.lsn");
            assertThat(lsn.getType()).isEqualTo(MetricDataType.LONG_GAUGE);
            LongPointData point = lsn.getLongGaugeData().getPoints().iterator().next();
            assertThat(point.getValue()).isEqualTo(status.local().standing().lsn());
            assertThat(point.getAttributes())
                    .isEqualTo(Attributes.of(
                            AttributeKey.stringKey("understudy.environment"), "default",
                            AttributeKey.stringKey("understudy.group"), "understudy",
                            AttributeKey.stringKey("understudy.site"), site));
            assertThat(metrics.get("understudy.lease.length").getType()).isEqualTo(MetricDataType.DOUBLE_GAUGE);
            assertThat(value(metrics, "understudy.site.master")).isOne();
        }
    }

    @Test
    void what_runs_on_the_master_only_has_its_own_where_there_is_such() {
        try (Application.Started application = Application.start(alone(), Sdk.class)) {
            assertThat(metrics(application.get(Sdk.class).reader))
                    .containsKey("understudy.commit.count")
                    .doesNotContainKey("understudy.tick.missed");
        }
        try (Application.Started application = Application.start(alone(), Sdk.class, Job.class)) {
            Map<String, MetricData> metrics = metrics(application.get(Sdk.class).reader);
            assertThat(value(metrics, "understudy.tick.missed")).isZero();
            assertThat(value(metrics, "understudy.call.cut_off")).isZero();
        }
    }

    @Test
    void each_environment_has_its_own_and_those_of_other_members_are_told_apart() {
        String first = "localhost:" + Ports.free();
        String second = "localhost:" + Ports.free();
        List<String> properties = List.of(
                "understudy.environments",
                "one,two",
                "understudy.environment.one.home",
                home.resolve("one").toString(),
                "understudy.environment.one.local-site",
                first,
                "understudy.environment.one.group-creator",
                "true",
                "understudy.environment.two.home",
                home.resolve("two").toString(),
                "understudy.environment.two.local-site",
                second,
                "understudy.environment.two.bootstrap-helpers",
                first);
        try (Application.Started application = Application.start(properties, Sdk.class)) {
            InMemoryMetricReader reader = application.get(Sdk.class).reader;
            await().atMost(PATIENCE).untilAsserted(() -> {
                MetricData connected = metrics(reader).get("understudy.member.connected");
                assertThat(connected).isNotNull();
                assertThat(connected.getLongGaugeData().getPoints())
                        .extracting(LongPointData::getAttributes)
                        .extracting(attributes -> attributes.get(AttributeKey.stringKey("understudy.environment")) + " "
                                + attributes.get(AttributeKey.stringKey("understudy.member")))
                        .containsExactlyInAnyOrder("one " + second, "two " + first);
            });
        }
    }

    @Test
    void without_one_to_inject_the_one_of_the_process_is_taken_and_given_back_at_the_end() {
        InMemoryMetricReader reader = InMemoryMetricReader.create();
        GlobalOpenTelemetry.set(OpenTelemetrySdk.builder()
                .setMeterProvider(
                        SdkMeterProvider.builder().registerMetricReader(reader).build())
                .build());
        try (Application.Started application = Application.start(alone(), Names.class)) {
            writeOnce(application);
            assertThat(value(metrics(reader), "understudy.commit.count")).isEqualTo(1);
        }
        assertThat(metrics(reader)).isEmpty();
    }

    @Test
    void where_none_is_set_up_none_is_and_the_application_can_still_set_its_own() {
        try (LoggedWarnings warnings = new LoggedWarnings();
                Application.Started application = Application.start(alone(), Names.class)) {
            writeOnce(application);
            assertThat(GlobalOpenTelemetry.isSet()).isFalse();
            assertThat(warnings.messages()).isEmpty();
        }
    }

    private static Names writeOnce(Application.Started application) {
        Names names = application.get(Names.class);
        await().atMost(PATIENCE).until(() -> names.environment.status().local().ready());
        names.names.put(1, "one");
        return names;
    }

    private List<String> alone() {
        return List.of("understudy.home", home.toString());
    }

    private List<String> grouped(String site) {
        return List.of(
                "understudy.home", home.toString(), "understudy.local-site", site, "understudy.group-creator", "true");
    }

    private static Map<String, MetricData> metrics(InMemoryMetricReader reader) {
        return reader.collectAllMetrics().stream()
                .filter(metric -> metric.getInstrumentationScopeInfo().getName().equals("org.understudy"))
                .collect(Collectors.toMap(MetricData::getName, Function.identity()));
    }

    private static long value(Map<String, MetricData> metrics, String name) {
        MetricData metric = metrics.get(name);
        assertThat(metric).as(name).isNotNull();
        return (metric.getType() == MetricDataType.LONG_SUM
                        ? metric.getLongSumData().getPoints()
                        : metric.getLongGaugeData().getPoints())
                .iterator()
                .next()
                .getValue();
    }
}
