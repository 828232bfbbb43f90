package org.understudy.it.openwebbeans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.inject.spi.DeploymentException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.NotMasterException;
import org.understudy.Role;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.StartupDone;
import org.understudy.it.support.FreePorts;
import org.understudy.it.support.ShortTimes;

/** The application on OpenWebBeans SE, which reads the specification of CDI with other eyes than Weld. */
class OpenWebBeansIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GROUP = "beans";

    private final List<Integer> ports = FreePorts.find(2);
    private final String here = "127.0.0.1:" + ports.get(0);
    private final String there = "127.0.0.1:" + ports.get(1);

    @TempDir
    Path folder;

    @Test
    void all_is_injected_events_come_in_order_and_health_says_how_it_joins_loses_its_master_and_finds_it_again() {
        Map<String, String> properties = properties();
        properties.put("understudy.bootstrap-helpers", there);
        try (Application application = new Application(properties)) {
            Desk desk = application.desk();
            assertThat(desk.wasOpenAtStartup()).isTrue();
            assertThat(isUp(application.check(Liveness.Literal.INSTANCE))).isTrue();
            assertThat(isUp(application.check(Startup.Literal.INSTANCE))).isFalse();
            await().atMost(PATIENCE).until(() -> reason(application).contains("not a member of the group yet"));

            try (Environment neighbour = neighbour()) {
                awaitReady(application);
                assertThat(isUp(application.check(Startup.Literal.INSTANCE))).isTrue();
                assertThat(application
                                .check(Readiness.Literal.INSTANCE)
                                .getData()
                                .orElseThrow())
                        .containsEntry("default.role", "CLIENT")
                        .containsEntry("default.master", there)
                        .containsEntry("default.members-up", 2L);
                assertThat(desk.environments()).containsExactly("default", "ledger", "ledger");
                assertThat(desk.status().local().role()).isEqualTo(Role.CLIENT);
                assertThat(desk.greetMaster()).isEqualTo("welcome from OpenWebBeans");
                desk.put("LEAD", 7770);
                assertThat(desk.price("LEAD")).isEqualTo(7770);
                assertThat(neighbour.role()).isEqualTo(Role.MASTER);
                assertThatExceptionOfType(NotMasterException.class)
                        .isThrownBy(application.chores()::now)
                        .withMessageContaining(there);
                assertThat(application.chores().perhaps()).isEmpty();
            }
            await().atMost(PATIENCE).until(() -> !isUp(application.check(Readiness.Literal.INSTANCE)));
            assertThat(reason(application)).contains("master");
            assertThat(isUp(application.check(Liveness.Literal.INSTANCE))).isTrue();

            try (Environment neighbour = neighbour()) {
                awaitReady(application);
                assertThat(neighbour.status().sites()).hasSize(2);
                List<ReplicationEvent> heard = List.copyOf(desk.atOnce());
                assertThat(heard)
                        .anyMatch(StartupDone.class::isInstance)
                        .extracting(event -> event.origin().sequence())
                        .isSorted()
                        .doesNotHaveDuplicates();
                assertThat(desk.contexts()).containsOnly(application.loader());
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(desk.later()).containsSequence(heard));
            }
        }
    }

    @Test
    void data_outlives_a_restart_and_the_home_and_the_port_are_free_again() {
        Map<String, String> properties = properties();
        properties.put("understudy.group-creator", "true");
        for (long cents = 1; cents <= 3; cents++) {
            try (Application application = new Application(properties)) {
                awaitReady(application);
                assertThat(application.desk().price("CUE")).isEqualTo(cents == 1 ? -1 : cents - 1);
                application.desk().put("CUE", cents);
                long generation = application.desk().status().local().generation();
                assertThat(application.chores().now()).isEqualTo(generation);
                assertThat(application.chores().perhaps()).contains(generation);
            }
        }
    }

    @Test
    void a_wrong_configuration_fails_the_deployment_and_the_log_has_all_that_is_wrong() {
        Map<String, String> properties = properties();
        properties.put("understudy.ack-timeout", "soon");
        properties.put("understudy.ack-polizy", "ALL");
        List<String> log = new CopyOnWriteArrayList<>();
        Filter listener = entry -> {
            log.add(String.valueOf(entry.getThrown()));
            return true;
        };
        Handler[] handlers = Logger.getLogger("").getHandlers();
        for (Handler handler : handlers) {
            handler.setFilter(listener);
        }
        try {
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> new Application(properties).close())
                    .withMessageContaining("Look at logs");
        } finally {
            for (Handler handler : handlers) {
                handler.setFilter(null);
            }
        }
        assertThat(log).anySatisfy(message -> assertThat(message)
                .contains("Understudy cannot be deployed as it is configured:")
                .contains("understudy.ack-timeout = \"soon\" is no duration")
                .contains("understudy.ack-polizy is no property of Understudy; did you mean"
                        + " understudy.ack-policy?"));
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        ShortTimes.OPTIONS.forEach((key, value) -> properties.put("understudy." + key, value));
        properties.put("understudy.group", GROUP);
        properties.put("understudy.forward-writes", "true");
        properties.put("understudy.environments", "ledger");
        properties.put("understudy.home", folder.resolve("here").toString());
        properties.put(
                "understudy.environment.ledger.home", folder.resolve("ledger").toString());
        properties.put("understudy.local-site", here);
        properties.put("understudy.join-timeout", "3s");
        return properties;
    }

    private Environment neighbour() {
        EnvironmentConfigBuilder builder = EnvironmentConfig.builder(folder.resolve("there"))
                .name("neighbour")
                .group(GROUP)
                .localSite(there)
                .groupCreator(true)
                .forwardWrites(true);
        ShortTimes.OPTIONS.forEach(builder::set);
        Environment environment = Environment.open(builder.build());
        environment.onMessage("greet", message -> message.reply("welcome " + message.text()));
        environment.start();
        return environment;
    }

    private static void awaitReady(Application application) {
        await().atMost(PATIENCE).until(() -> isUp(application.check(Readiness.Literal.INSTANCE)));
    }

    private static boolean isUp(HealthCheckResponse response) {
        return response.getStatus() == HealthCheckResponse.Status.UP;
    }

    private static String reason(Application application) {
        return application
                .check(Readiness.Literal.INSTANCE)
                .getData()
                .orElseThrow()
                .get("default.reason")
                .toString();
    }
}
