package org.understudy.cdi.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.understudy.ChannelStatus;
import org.understudy.CommitStatus;
import org.understudy.ConnectionStatus;
import org.understudy.ElectionStatus;
import org.understudy.EnvironmentClosedException;
import org.understudy.ForwardingStatus;
import org.understudy.LeaseStatus;
import org.understudy.LocalStatus;
import org.understudy.LogStatus;
import org.understudy.MessageStatus;
import org.understudy.Place;
import org.understudy.PreparedStatus;
import org.understudy.ProcessStatus;
import org.understudy.RecordStatus;
import org.understudy.Role;
import org.understudy.SiteState;
import org.understudy.SiteStatus;
import org.understudy.Standing;
import org.understudy.Status;
import org.understudy.SyncPhase;
import org.understudy.TransferStatus;
import org.understudy.UnavailableException;
import org.understudy.cdi.config.HealthConfig;
import org.understudy.cdi.mastership.MasterOnlyCounts;

class EnvironmentHealthTest {

    private static final Place PLACE = new Place("default", Optional.empty());
    private static final HealthConfig CONFIG = new HealthConfig(true, 100);

    private long lag;
    private LeaseStatus lease = LeaseStatus.NONE;
    private boolean responsive = true;
    private boolean writable = true;
    private boolean startedOnce = true;
    private Optional<String> unready = Optional.empty();
    private Optional<String> unusable = Optional.empty();
    private Optional<String> joinFailure = Optional.empty();
    private Optional<MasterOnlyCounts> masterOnly = Optional.empty();

    @Test
    void a_member_that_is_up_to_date_is_well() {
        lag = 100;
        assertThat(health().liveness()).isEmpty();
        assertThat(health().readiness(CONFIG)).isEmpty();
        assertThat(health().startup(CONFIG)).isEmpty();
    }

    @Test
    void a_site_that_is_too_far_behind_is_not_ready() {
        lag = 101;
        assertThat(health().readiness(CONFIG))
                .contains("101 records behind the master, more than understudy.health.max-lag = 100");
        assertThat(health().liveness()).isEmpty();
        assertThat(health().startup(CONFIG)).isEmpty();
    }

    @Test
    void a_site_without_a_master_is_not_ready_and_says_why_it_could_not_join() {
        unready = Optional.of("no master");
        joinFailure = Optional.of("nobody answers");
        startedOnce = false;
        assertThat(health().readiness(CONFIG)).contains("no master; the last attempt to join failed: nobody answers");
        assertThat(health().startup(CONFIG)).isEqualTo(health().readiness(CONFIG));
        assertThat(health().liveness()).isEmpty();
    }

    @Test
    void a_disk_that_refuses_writes_makes_a_site_unready_but_not_dead() {
        unready = Optional.of("a write failed");
        writable = false;
        assertThat(health().readiness(CONFIG)).contains("a write failed");
        assertThat(health().liveness()).isEmpty();
    }

    @Test
    void an_environment_that_cannot_be_used_any_more_is_dead() {
        unusable = Optional.of("two sites wrote the same record");
        assertThat(health().liveness()).contains("two sites wrote the same record");
    }

    @Test
    void threads_that_do_not_answer_are_dead() {
        responsive = false;
        unready = Optional.of("the event loop does not answer");
        assertThat(health().liveness()).contains("its threads do not answer");
    }

    @Test
    void before_it_is_opened_a_site_is_alive_and_not_ready() {
        EnvironmentHealth health = EnvironmentHealth.notOpen("default");
        assertThat(health.liveness()).isEmpty();
        assertThat(health.readiness(CONFIG)).isPresent();
        assertThat(health.startup(CONFIG)).isPresent();
    }

    @Test
    void while_nobody_has_the_home_a_site_is_alive_and_says_why_it_is_not_ready() {
        EnvironmentHealth health = EnvironmentHealth.ask(
                "default",
                () -> {
                    throw new UnavailableException(PLACE, "the process that had the home is gone");
                },
                () -> {
                    throw new AssertionError("asked twice");
                },
                Optional.empty(),
                Optional.empty());
        assertThat(health.liveness()).isEmpty();
        assertThat(health.readiness(CONFIG).orElseThrow()).contains("the process that had the home is gone");
        assertThat(health.startup(CONFIG)).isEqualTo(health.readiness(CONFIG));
        HealthCheckResponse response =
                HealthReport.of("check", List.of(health), environment -> environment.readiness(CONFIG));
        assertThat(response.getData().orElseThrow()).containsOnlyKeys("default.reason");
    }

    @Test
    void a_site_that_will_never_say_anything_again_is_dead() {
        EnvironmentHealth health = EnvironmentHealth.ask(
                "default",
                () -> {
                    throw new EnvironmentClosedException(PLACE, "closed");
                },
                Optional::empty,
                Optional.empty(),
                Optional.empty());
        assertThat(health.liveness()).isPresent();
    }

    @Test
    void the_report_carries_the_data_of_each_environment() {
        lag = 7;
        HealthCheckResponse response =
                HealthReport.of("check", List.of(health()), environment -> environment.readiness(CONFIG));
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(response.getData().orElseThrow())
                .containsEntry("orders.site", "localhost:7001")
                .containsEntry("orders.role", "CLIENT")
                .containsEntry("orders.generation", 3L)
                .containsEntry("orders.master", "localhost:7000")
                .containsEntry("orders.lsn", 40L)
                .containsEntry("orders.permanent-lsn", 39L)
                .containsEntry("orders.lag", 7L)
                .containsEntry("orders.members-up", 2L)
                .containsEntry("orders.members-total", 3L)
                .containsEntry("orders.writable", true)
                .doesNotContainKey("orders.lease-held-millis")
                .doesNotContainKey("orders.ticks-missed")
                .doesNotContainKey("orders.reason");
    }

    @Test
    void the_report_tells_how_long_a_lease_lasts_where_there_are_leases() {
        lease = new LeaseStatus(Duration.ofSeconds(3), Duration.ofMillis(1_700), Duration.ZERO);
        HealthCheckResponse response =
                HealthReport.of("check", List.of(health()), environment -> environment.readiness(CONFIG));
        assertThat(response.getData().orElseThrow()).containsEntry("orders.lease-held-millis", 1_700L);
    }

    @Test
    void the_report_tells_of_missed_ticks_where_there_are_methods_of_the_master_alone() {
        masterOnly = Optional.of(new MasterOnlyCounts(2, 30, 1));
        HealthCheckResponse response =
                HealthReport.of("check", List.of(health()), environment -> environment.readiness(CONFIG));
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(response.getData().orElseThrow())
                .containsEntry("orders.calls-cut-off", 2L)
                .containsEntry("orders.ticks-missed", 1L);
    }

    @Test
    void the_report_is_down_with_a_reason_if_one_environment_is() {
        EnvironmentHealth well = health();
        unready = Optional.of("no master");
        HealthCheckResponse response =
                HealthReport.of("check", List.of(well, health()), environment -> environment.readiness(CONFIG));
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(response.getData().orElseThrow()).containsEntry("orders.reason", "no master");
    }

    private EnvironmentHealth health() {
        return EnvironmentHealth.ask("orders", this::status, () -> unusable, joinFailure, masterOnly);
    }

    private Status status() {
        LocalStatus local = new LocalStatus(
                "orders",
                Optional.of("localhost:7001"),
                OptionalInt.of(2),
                new UUID(0, 1),
                Optional.of(new UUID(0, 2)),
                Role.CLIENT,
                SyncPhase.STREAM,
                3,
                Optional.of("localhost:7000"),
                new Standing(3, 40),
                39,
                40,
                40,
                lag,
                100,
                false,
                Optional.empty(),
                writable,
                responsive,
                startedOnce,
                unready.isEmpty(),
                unready);
        return new Status(
                local,
                List.of(site(1, false, true), site(2, true, true), site(3, false, false)),
                new LogStatus(1, 40, 4_000, 1, List.of()),
                new CommitStatus(0, 0, 0, 0),
                ElectionStatus.NONE,
                new TransferStatus(SyncPhase.STREAM, 0, 0, 0, 0, 0, 0, 0),
                new ConnectionStatus(1, 0, 0, 0, 0, 0),
                MessageStatus.NONE,
                RecordStatus.NONE,
                lease,
                ChannelStatus.NONE,
                ForwardingStatus.NONE,
                PreparedStatus.NONE,
                ProcessStatus.ofHolder(0));
    }

    private static SiteStatus site(int id, boolean local, boolean connected) {
        return new SiteStatus(
                "localhost:700" + (id - 1),
                id,
                local,
                SiteState.PRESENT,
                false,
                100,
                Optional.empty(),
                connected,
                false,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }
}
