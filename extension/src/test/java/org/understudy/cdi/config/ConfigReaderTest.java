package org.understudy.cdi.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.understudy.AckPolicy;
import org.understudy.ConfigOption;
import org.understudy.ConfigOptions;
import org.understudy.EnvironmentConfig;

class ConfigReaderTest {

    @Test
    void a_home_is_enough() {
        ApplicationConfig config = read("understudy.home", "data");
        assertThat(config.problems()).isEmpty();
        assertThat(config.defaultName()).contains("default");
        assertThat(config.names()).containsExactly("default");
        assertThat(config.environments().get("default"))
                .isEqualTo(EnvironmentConfig.builder(Path.of("data")).build());
    }

    @Test
    void nothing_configured_is_no_environment_and_no_problem() {
        ApplicationConfig config = read("other.property", "x");
        assertThat(config.problems()).isEmpty();
        assertThat(config.names()).isEmpty();
        assertThat(config.defaultName()).isEmpty();
    }

    @Test
    void the_environments_are_those_of_the_list_beside_the_default_one() {
        ApplicationConfig config = read(
                "understudy.home", "data",
                "understudy.name", "main",
                "understudy.environments", "orders, users",
                "understudy.environment.orders.home", "orders",
                "understudy.environment.orders.ack-policy", "all-peers",
                "understudy.environment.users.home", "users");
        assertThat(config.problems()).isEmpty();
        assertThat(config.names()).containsExactly("main", "orders", "users");
        assertThat(config.defaultName()).contains("main");
        assertThat(config.environments().get("orders").name()).isEqualTo("orders");
        assertThat(config.environments().get("orders").ackPolicy()).isEqualTo(AckPolicy.ALL_PEERS);
        assertThat(config.environments().get("users").ackPolicy()).isEqualTo(AckPolicy.QUORUM);
    }

    @Test
    void the_only_environment_is_the_default_one() {
        assertThat(read("understudy.environments", "orders", "understudy.environment.orders.home", "orders")
                        .defaultName())
                .contains("orders");
        assertThat(read(
                                "understudy.environments", "orders,users",
                                "understudy.environment.orders.home", "orders",
                                "understudy.environment.users.home", "users")
                        .defaultName())
                .isEmpty();
    }

    @Test
    void every_option_there_is_can_be_set_by_its_property() {
        Map<String, String> properties = new HashMap<>();
        ConfigOptions.all().forEach(option -> text(option).forEach(text -> {
            if (!text.isEmpty()) {
                properties.put("understudy." + option.key(), text);
            }
        }));
        properties.put("understudy.home", "data");
        ApplicationConfig config = read(properties);
        assertThat(config.problems()).isEmpty();
        assertThat(config.environments()).containsOnlyKeys("default");
    }

    @Test
    void environment_variables_count_by_their_full_names() {
        ApplicationConfig config = read(new EnvConfigSource(
                Map.of(
                        "UNDERSTUDY_ENVIRONMENTS", "orders",
                        "UNDERSTUDY_ENVIRONMENT_ORDERS_HOME", "data",
                        "UNDERSTUDY_ENVIRONMENT_ORDERS_ACK_TIMEOUT", "3s"),
                300));
        assertThat(config.problems()).isEmpty();
        assertThat(config.environments().get("orders").ackTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void environment_variables_of_others_that_begin_like_ours_are_left_alone() {
        ApplicationConfig config = read(
                new EnvConfigSource(Map.of("UNDERSTUDY_HOME", "data", "UNDERSTUDY_SERVICE_HOST", "10.0.0.1"), 300));
        assertThat(config.problems()).isEmpty();
    }

    @Test
    void health_has_defaults_and_can_be_set() {
        assertThat(read("understudy.home", "data").health()).isEqualTo(new HealthConfig(true, 100_000));
        assertThat(read("understudy.health.enabled", "false", "understudy.health.max-lag", "7")
                        .health())
                .isEqualTo(new HealthConfig(false, 7));
    }

    @Test
    void every_problem_is_told_with_property_value_what_is_accepted_and_where_it_was_set() {
        ApplicationConfig config = read(
                "understudy.home", "data",
                "understudy.priority", "high",
                "understudy.ack-timeout", "25h",
                "understudy.heartbeat-monitor", "600ms",
                "understudy.local-site", "localhost:7000",
                "understudy.view", "true",
                "understudy.group-creator", "true",
                "understudy.health.max-lag", "-1",
                "understudy.environments", "orders");
        assertThat(config.problems())
                .containsExactlyInAnyOrder(
                        "understudy.priority = \"high\" is no whole number; accepted: 0 to 1000 (set in PropertiesConfigSource[source=test.properties])",
                        "understudy.ack-timeout = \"25h\" is out of range; accepted: 1ms to 24h"
                                + " (set in PropertiesConfigSource[source=test.properties])",
                        "understudy.heartbeat-monitor = 600ms must be at least twice heartbeat-send = 500ms"
                                + " (set in PropertiesConfigSource[source=test.properties])",
                        "understudy.*: a view cannot make a group: set group-creator on a site that votes",
                        "understudy.health.max-lag = \"-1\" is out of range; accepted: 0 to 2147483647"
                                + " (set in PropertiesConfigSource[source=test.properties])",
                        "understudy.environment.orders.home must be set: the directory of the environment");
        assertThat(config.names()).containsExactly("default", "orders");
        assertThat(config.environments()).isEmpty();
    }

    @Test
    void a_property_that_nothing_reads_is_told_with_the_one_that_was_meant() {
        assertThat(problems("understudy.home", "data", "understudy.ack-polizy", "ALL"))
                .containsExactly(
                        "understudy.ack-polizy is no property of Understudy; did you mean understudy.ack-policy?");
        assertThat(problems("understudy.home", "data", "understudy.something-else", "x"))
                .containsExactly("understudy.something-else is no property of Understudy");
    }

    @Test
    void properties_of_an_environment_that_is_not_listed_are_told() {
        assertThat(problems("understudy.home", "data", "understudy.environment.orders.home", "orders"))
                .containsExactly("understudy.environment.orders.home is no property of Understudy:"
                        + " understudy.environments lists no environment");
        assertThat(problems(
                        "understudy.environments", "users",
                        "understudy.environment.users.home", "users",
                        "understudy.environment.orders.home", "orders"))
                .containsExactly("understudy.environment.orders.home is no property of Understudy:"
                        + " understudy.environments lists only users");
    }

    @Test
    void bad_names_of_environments_are_refused() {
        assertThat(problems("understudy.environments", "a b"))
                .singleElement()
                .asString()
                .startsWith("understudy.environments = \"a b\" is out of range; accepted: names with commas between");
        assertThat(problems("understudy.home", "data", "understudy.environments", "default"))
                .singleElement()
                .asString()
                .startsWith("understudy.environments lists default, which is the environment that understudy.home");
        assertThat(problems(
                        "understudy.environments", "orders",
                        "understudy.environment.orders.home", "orders",
                        "understudy.environment.orders.name", "users"))
                .singleElement()
                .asString()
                .startsWith("understudy.environment.orders.name cannot be set");
    }

    @Test
    void environments_share_neither_home_nor_port_nor_the_making_of_a_group() {
        assertThat(problems(
                        "understudy.environments", "a,b",
                        "understudy.environment.a.home", "data",
                        "understudy.environment.b.home", "./data/../data",
                        "understudy.environment.a.local-site", "localhost:7000",
                        "understudy.environment.b.local-site", "localhost:7000",
                        "understudy.environment.a.group-creator", "true",
                        "understudy.environment.b.group-creator", "true"))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("The environments a and b have one home, /"),
                        problem -> assertThat(problem)
                                .startsWith("The environments a and b have one local-site, localhost:7000"),
                        problem -> assertThat(problem)
                                .startsWith("The environments a and b both have group-creator = true for the group"
                                        + " understudy"));
    }

    private static <T> List<String> text(ConfigOption<T> option) {
        return option.defaultValue().map(option::format).stream().toList();
    }

    private static List<String> problems(String... properties) {
        return read(properties).problems();
    }

    private static ApplicationConfig read(String... properties) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            map.put(properties[i], properties[i + 1]);
        }
        return read(map);
    }

    private static ApplicationConfig read(Map<String, String> properties) {
        return read(new PropertiesConfigSource(properties, "test.properties", 100));
    }

    private static ApplicationConfig read(ConfigSource source) {
        return ConfigReader.read(new SmallRyeConfigBuilder().withSources(source).build());
    }
}
