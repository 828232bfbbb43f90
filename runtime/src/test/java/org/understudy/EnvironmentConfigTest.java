package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentConfigTest {

    private static final Path HOME = Path.of("home");

    @Test
    void a_home_is_enough() {
        EnvironmentConfig config = EnvironmentConfig.builder(HOME).build();
        assertThat(config.home()).isEqualTo(HOME);
        assertThat(config.localSite()).isEmpty();
        assertThat(config.ackPolicy()).isEqualTo(AckPolicy.QUORUM);
        assertThat(config.heartbeatSend()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void what_is_typed_and_what_is_written_mean_the_same() {
        EnvironmentConfig typed = EnvironmentConfig.builder(HOME)
                .localSite("localhost:7000")
                .bootstrapHelpers(List.of("localhost:7000", "localhost:7001"))
                .ackPolicy(AckPolicy.ALL_PEERS)
                .ackTimeout(Duration.ofSeconds(2))
                .maxRecordBytes(1 << 20)
                .groupCreator(true)
                .priority(7)
                .build();
        EnvironmentConfig written = EnvironmentConfig.builder()
                .set("home", "home")
                .set("local-site", " localhost:7000 ")
                .set("bootstrap-helpers", "localhost:7000, localhost:7001,")
                .set("ack-policy", "all-peers")
                .set("ack-timeout", "2s")
                .set("max-record", "1MiB")
                .set("group-creator", "TRUE")
                .set("priority", "7")
                .build();
        assertThat(written).isEqualTo(typed).hasSameHashCodeAs(typed).hasToString(typed.toString());
        assertThat(written.toBuilder().build()).isEqualTo(typed);
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "2s, 2000", "1m, 60000", "1h, 3600000", "PT2S, 2000", "PT0.5S, 500", "' 3 s ', 3000"})
    void durations_are_written_short_or_as_iso_8601(String text, long millis) {
        assertThat(EnvironmentConfig.builder(HOME)
                        .set("ack-timeout", text)
                        .build()
                        .ackTimeout())
                .hasMillis(millis);
    }

    @ParameterizedTest
    @CsvSource({"65536, 65536", "64KiB, 65536", "1 MiB, 1048576", "1GiB, 1073741824", "65536B, 65536"})
    void sizes_are_bytes_or_have_a_binary_unit(String text, long bytes) {
        assertThat(EnvironmentConfig.builder(HOME)
                        .set("segment-size", text)
                        .build()
                        .segmentSizeBytes())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "ack-timeout, 2 seconds",
        "ack-timeout, 0s",
        "ack-timeout, -1s",
        "ack-timeout, PT-1S",
        "ack-timeout, 25h",
        "ack-timeout, 999999999999d",
        "ack-timeout, ''",
        "segment-size, 1MB",
        "segment-size, 1KiB",
        "segment-size, 999999999999TiB",
        "priority, 1001",
        "priority, -1",
        "priority, high",
        "ack-policy, MOST",
        "group-creator, yes",
        "local-site, node1",
        "local-site, node1:70000",
        "bootstrap-helpers, 'localhost:1,node2'",
        "name, a b",
        "group, ''"
    })
    void a_bad_value_is_refused_with_its_key_its_text_and_what_is_accepted(String key, String text) {
        problems(EnvironmentConfig.builder(HOME).set(key, text))
                .singleElement()
                .asString()
                .startsWith(key + " = \"" + text + "\" ")
                .contains("; accepted: " + ConfigOptions.find(key).orElseThrow().accepted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.0000001S", "PT-0.5S", "PT999999999999H"})
    void a_bad_duration_is_shown_however_odd_it_is(String text) {
        problems(EnvironmentConfig.builder(HOME).ackTimeout(Duration.parse(text)))
                .singleElement()
                .asString()
                .startsWith("ack-timeout = ");
    }

    @Test
    void all_problems_are_told_at_once() {
        problems(EnvironmentConfig.builder()
                        .set("ack-polizy", "ALL")
                        .set("priority", "x")
                        .groupCreator(true))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("there is no option ack-polizy"),
                        problem -> assertThat(problem).contains("priority = \"x\""),
                        problem -> assertThat(problem).contains("home must be set"),
                        problem -> assertThat(problem).contains("group-creator = true needs local-site"));
    }

    @Test
    void a_problem_is_gone_once_the_option_is_set_right() {
        assertThat(EnvironmentConfig.builder(HOME)
                        .set("priority", "x")
                        .priority(3)
                        .build()
                        .priority())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"node1:7000", "0.0.0.0:7000", "[::]:7000"})
    void a_site_beyond_loopback_has_to_be_accepted_as_insecure(String site) {
        problems(EnvironmentConfig.builder(HOME).localSite(site))
                .singleElement()
                .asString()
                .contains("insecure = true");
        assertThat(EnvironmentConfig.builder(HOME)
                        .localSite(site)
                        .insecure(true)
                        .build()
                        .localSite())
                .contains(site);
    }

    @Test
    void to_listen_beyond_loopback_has_to_be_accepted_as_insecure_whatever_the_name() {
        problems(EnvironmentConfig.builder(HOME).localSite("localhost:1").listenAddress("0.0.0.0:1"))
                .singleElement()
                .asString()
                .startsWith("listen-address = 0.0.0.0:1 is not on loopback")
                .contains("insecure = true");
    }

    @Test
    void a_place_to_listen_at_needs_a_name_to_be_reached_by() {
        problems(EnvironmentConfig.builder(HOME).listenAddress("localhost:1"))
                .containsExactly("listen-address = localhost:1 needs local-site, the name of this site in its group");
    }

    @Test
    void options_that_contradict_each_other_are_refused() {
        problems(EnvironmentConfig.builder(HOME).heartbeatMonitor(Duration.ofMillis(900)))
                .containsExactly("heartbeat-monitor = 900ms must be at least twice heartbeat-send = 500ms");
        problems(EnvironmentConfig.builder(HOME).connectionRetryMax(Duration.ofMillis(900)))
                .containsExactly("connection-retry-max = 900ms must be at least connection-retry = 1s");
        problems(EnvironmentConfig.builder(HOME)
                        .localSite("localhost:1")
                        .view(true)
                        .groupCreator(true))
                .singleElement()
                .asString()
                .startsWith("a view cannot make a group");
        problems(EnvironmentConfig.builder(HOME).localSite("localhost:1").preferredMaster("localhost:1"))
                .singleElement()
                .asString()
                .endsWith("needs two-site-strict = false");
        problems(EnvironmentConfig.builder(HOME).view(true).bootstrapHelpers(List.of("localhost:1")))
                .hasSize(2)
                .allMatch(problem -> problem.endsWith("needs local-site, the name of this site in its group"));
    }

    @Test
    void S28_a_site_that_never_is_master_makes_no_group() {
        problems(EnvironmentConfig.builder(HOME)
                        .localSite("localhost:1")
                        .priority(0)
                        .groupCreator(true))
                .singleElement()
                .asString()
                .contains("priority = 0")
                .contains("group-creator");
    }

    @Test
    void sites_that_begin_a_group_alike_are_all_named_and_all_vote() {
        problems(EnvironmentConfig.builder(HOME)
                        .localSite("localhost:1")
                        .legacySites(List.of("localhost:2", "localhost:3"))
                        .groupCreator(true)
                        .bootstrapHelpers(List.of("localhost:2")))
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).contains("local-site = localhost:1 among them"))
                .anySatisfy(problem -> assertThat(problem).contains("remove group-creator = true"))
                .anySatisfy(problem -> assertThat(problem).contains("remove bootstrap-helpers = localhost:2"));
        problems(EnvironmentConfig.builder(HOME)
                        .localSite("localhost:1")
                        .legacySites(List.of("localhost:1", "localhost:2"))
                        .view(true))
                .singleElement()
                .asString()
                .contains("legacy-sites", "let a view join");
        problems(EnvironmentConfig.builder(HOME).localSite("localhost:1").legacySites(List.of("localhost:1")))
                .singleElement()
                .asString()
                .contains("legacy-sites needs two sites at least");
    }

    @Test
    void the_message_names_the_environment_and_every_problem() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> EnvironmentConfig.builder(HOME)
                        .name("orders")
                        .localSite("localhost:1")
                        .priority(-1)
                        .build())
                .withMessageStartingWith("[orders@localhost:1] ")
                .withMessageContaining("priority = \"-1\" is out of range; accepted: 0 to 1000")
                .matches(e -> !e.isRetriable());
    }

    private static ListAssert<String> problems(EnvironmentConfigBuilder builder) {
        return assertThat(catchThrowableOfType(ConfigurationException.class, builder::build)
                .problems());
    }

    @Test
    void a_consistency_is_written_by_its_name_and_one_by_age_with_that() {
        EnvironmentConfigBuilder builder = EnvironmentConfig.builder(Path.of("home"));
        assertThat(builder.set("consistency", "latest").build().consistency()).isEqualTo(Consistency.LATEST);
        Consistency within = Consistency.within(Duration.ofMillis(500));
        assertThat(builder.set("consistency", "WITHIN:500ms").build().consistency())
                .isEqualTo(within);
        assertThat(ConfigOptions.CONSISTENCY.format(within)).isEqualTo("WITHIN:500ms");
        assertThatThrownBy(() -> builder.set("consistency", "fresh").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("consistency = \"fresh\" is none of LOCAL, PERMANENT, LATEST, WITHIN:duration");
        assertThatThrownBy(() -> builder.set("consistency", "WITHIN:0s").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("more than zero");
        assertThatThrownBy(() -> builder.consistency(Consistency.atLeast(new CommitToken(new UUID(1, 1), 1, 1)))
                        .build())
                .isInstanceOf(ConfigurationException.class);
    }
}
