package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.ConfigurationException;
import org.understudy.Durability;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.InsufficientAcksException;
import org.understudy.JoinFailureException;
import org.understudy.NotMasterException;
import org.understudy.OutcomeUnknownException;
import org.understudy.ReplicationException;
import org.understudy.Role;
import org.understudy.SiteAddress;
import org.understudy.SiteStatus;
import org.understudy.Status;
import org.understudy.TransactionOptions;
import org.understudy.UnavailableException;
import org.understudy.event.BecameMaster;
import org.understudy.event.InitDone;
import org.understudy.event.LocalSiteRemoved;
import org.understudy.event.PermFailed;
import org.understudy.event.RolledBack;

/** Three sites that replicate, for real. */
@Timeout(120)
class GroupTest {
    @TempDir
    Path folder;

    @Test
    void a_creator_alone_is_master_and_takes_writes_when_it_has_started() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment creator = group.start(0);
            assertThat(creator.role()).isEqualTo(Role.MASTER);
            names(creator).put("k", "v");
            assertThat(names(creator).get("k")).contains("v");
        }
    }

    @Test
    void what_the_master_writes_is_on_every_site() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment master = group.master();
            for (int i = 0; i < 100; i++) {
                names(master).put("k" + i, "v" + i);
            }
            assertThat(group.converged()).hasSize(100);
        }
    }

    @Test
    void a_client_refuses_writes_and_names_the_master() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment client = group.client();
            assertThatExceptionOfType(NotMasterException.class)
                    .isThrownBy(() -> names(client).put("k", "v"))
                    .satisfies(e -> assertThat(e.master())
                            .isEqualTo(group.master().config().localSite()));
        }
    }

    @Test
    void when_the_master_closes_another_takes_over_and_the_old_one_comes_back_as_a_client() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment first = group.master();
            int index = group.indexOf(first);
            names(first).put("k", "v");
            group.close(index);
            Environment second = group.master();
            assertThat(second).isNotSameAs(first);
            names(second).put("k", "w");
            group.start(index);
            assertThat(group.converged()).containsEntry("k", "w");
            assertThat(group.site(index).role()).isEqualTo(Role.CLIENT);
        }
    }

    @Test
    void a_whole_group_is_stopped_and_started_again() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            names(group.master()).put("k", "v");
            group.converged();
            group.stopAll();
            group.startAll();
            assertThat(group.converged()).containsEntry("k", "v");
            names(group.master()).put("l", "w");
            assertThat(group.converged()).hasSize(2);
        }
    }

    @Test
    void mastership_is_handed_to_the_site_that_is_named() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment client = group.client();
            String target = client.config().localSite().orElseThrow();
            client.transferMastership(target);
            await().atMost(TestGroup.PATIENCE).until(() -> client.role() == Role.MASTER);
            names(client).put("k", "v");
            assertThat(group.converged()).containsEntry("k", "v");
        }
    }

    @Test
    void a_removed_site_is_told_and_the_others_go_on_without_it() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment gone = group.client();
            int index = group.indexOf(gone);
            gone.removeSite(group.name(index));
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(() -> assertThat(group.events(index, LocalSiteRemoved.class))
                            .hasSize(1));
            assertThat(gone.role()).isEqualTo(Role.UNKNOWN);
            group.close(index);
            names(group.master()).put("k", "v");
            assertThat(group.converged()).containsEntry("k", "v");
            assertThat(group.master().status().sites()).hasSize(2);
        }
    }

    @Test
    void an_order_that_names_nobody_is_refused() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment master = group.start(0);
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> master.transferMastership("localhost:1"))
                    .withMessageContaining("localhost:1");
        }
    }

    @Test
    void what_only_an_old_master_had_is_rolled_back_and_named() {
        TransactionOptions alone = TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.NONE);
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.set("quorum-loss-timeout", "30s"))) {
            group.startAll();
            Environment old = group.master();
            int index = group.indexOf(old);
            names(old).put("kept", "v");
            group.converged();
            for (int site = 0; site < 3; site++) {
                if (site != index) {
                    group.close(site);
                }
            }
            CommitToken lost = old.write(alone, txn -> names(old).put(txn, "lost", "v"));
            group.close(index);
            for (int site = 0; site < 3; site++) {
                if (site != index) {
                    group.open(site).startAsync();
                }
            }
            names(group.master()).put("new", "v");
            group.start(index);
            assertThat(group.converged()).containsOnlyKeys("kept", "new");
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(group.events(index, RolledBack.class))
                    .flatExtracting(RolledBack::tokens)
                    .containsExactly(lost));
        }
    }

    @Test
    void an_empty_site_that_the_log_no_longer_reaches_gets_a_copy() {
        try (TestGroup group = new TestGroup(
                folder, 3, builder -> builder.set("segment-size", "64KiB").set("log-retention", "0"))) {
            Environment master = group.start(0);
            group.start(1);
            Map<String, String> values = new TreeMap<>();
            for (int i = 0; i < 2_000; i++) {
                values.put("k" + i, "v".repeat(200) + i);
            }
            values.forEach((key, value) -> names(master).putAsync(key, value));
            await().atMost(TestGroup.PATIENCE).until(() -> master.status().log().startLsn() > 1);
            Environment joined = group.start(2);
            assertThat(joined.status().transfer().initialisations()).isEqualTo(1);
            assertThat(group.converged()).isEqualTo(values);
            names(master).put("after", "v");
            assertThat(group.converged()).containsEntry("after", "v");
            await().untilAsserted(
                            () -> assertThat(group.events(2, InitDone.class)).hasSize(1));
        }
    }

    @Test
    void events_come_in_order_without_a_gap() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            int index = group.indexOf(group.master());
            group.close(index);
            group.master();
            for (int site = 0; site < 3; site++) {
                List<Long> numbers = group.events(site).stream()
                        .map(event -> event.origin().sequence())
                        .toList();
                assertThat(numbers)
                        .isEqualTo(LongStream.rangeClosed(1, numbers.size())
                                .boxed()
                                .toList());
            }
            assertThat(group.events(index, BecameMaster.class)).hasSize(1);
        }
    }

    @Test
    void a_commit_for_all_says_who_has_it_when_one_site_is_down() {
        TransactionOptions all =
                TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.ALL).withAckTimeout(Duration.ofMillis(500));
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment master = group.master();
            group.close(group.indexOf(group.client()));
            String other = group.client().config().localSite().orElseThrow();
            assertThatExceptionOfType(InsufficientAcksException.class)
                    .isThrownBy(() -> master.write(all, txn -> names(master).put(txn, "k", "v")))
                    .satisfies(e -> {
                        assertThat(e.policy()).isEqualTo(AckPolicy.ALL);
                        assertThat(e.ackedSites()).containsAnyOf(other).hasSizeLessThan(2);
                    });
            await().untilAsserted(() -> assertThat(group.events(group.indexOf(master), PermFailed.class))
                    .hasSize(1));
            assertThat(group.converged()).containsEntry("k", "v");
        }
    }

    @Test
    void a_master_that_loses_its_majority_steps_down_and_tells_those_who_wait() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment master = group.master();
            for (int site = 0; site < 3; site++) {
                if (group.site(site) != master) {
                    group.close(site);
                }
            }
            assertThatExceptionOfType(ReplicationException.class)
                    .isThrownBy(() -> names(master).put("k", "v"))
                    .satisfies(e -> assertThat(e)
                            .isInstanceOfAny(
                                    InsufficientAcksException.class,
                                    OutcomeUnknownException.class,
                                    NotMasterException.class));
            await().atMost(TestGroup.PATIENCE).until(() -> master.role() == Role.CLIENT);
            assertThatExceptionOfType(NotMasterException.class)
                    .isThrownBy(() -> names(master).put("k", "v"));
        }
    }

    @Test
    void a_port_in_use_is_named_and_starting_again_helps_once_it_is_free() throws Exception {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment environment = group.open(0);
            int port = SiteAddress.parse(group.name(0)).port();
            try (ServerSocket taken = new ServerSocket()) {
                taken.bind(new InetSocketAddress("localhost", port));
                assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(environment::start)
                        .withMessageContaining(String.valueOf(port));
            }
            environment.start();
            assertThat(environment.role()).isEqualTo(Role.MASTER);
        }
    }

    @Test
    void a_site_of_another_group_does_not_get_in() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.start(0);
            EnvironmentConfig stranger =
                    group.config(1).group("others").set("join-timeout", "1s").build();
            try (Environment environment = Environment.open(stranger)) {
                assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(environment::start)
                        .withMessageContaining("others");
            }
        }
    }

    @Test
    void a_wiped_site_is_told_what_to_do() throws Exception {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            int index = group.indexOf(group.client());
            group.close(index);
            deleteAll(group.home(index));
            assertThatExceptionOfType(JoinFailureException.class)
                    .isThrownBy(() -> group.start(index))
                    .withMessageContaining("incarnation")
                    .withMessageContaining("remove");
        }
    }

    private static void deleteAll(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void a_home_belongs_to_one_address() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            group.start(0);
            group.close(0);
            EnvironmentConfig moved = group.config(0).localSite("localhost:1").build();
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Environment.open(moved))
                    .withMessageContaining(group.name(0));
            EnvironmentConfig alone = EnvironmentConfig.builder(group.home(0)).build();
            assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> Environment.open(alone));
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void many_threads_commit_beside_each_other(Durability durability) {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.durability(durability))) {
            group.startAll();
            Environment master = group.master();
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int writer = i;
                writers.add(CompletableFuture.runAsync(() -> {
                    for (int n = 0; n < 50; n++) {
                        names(master).put(writer + "-" + n, "v");
                    }
                }));
            }
            writers.forEach(CompletableFuture::join);
            assertThat(group.converged()).hasSize(16 * 50);
            assertThat(master.status().commits().waiting()).isZero();
        }
    }

    @Test
    void status_tells_of_this_site_and_of_the_others() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment master = group.master();
            names(master).put("k", "v");
            group.converged();
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> {
                Status status = master.status();
                assertThat(status.local().ready()).as("%s", status.local()).isTrue();
                assertThat(status.local().permanentLsn())
                        .isEqualTo(status.local().standing().lsn());
                assertThat(status.commits().committed()).isEqualTo(1);
                assertThat(status.connections().established()).isEqualTo(2);
                assertThat(status.sites())
                        .hasSize(3)
                        .allMatch(SiteStatus::connected)
                        .filteredOn(site -> !site.local())
                        .allMatch(SiteStatus::streaming)
                        .allMatch(site -> site.lagRecords().orElseThrow() == 0);
            });
            Status client = group.client().status();
            assertThat(client.local().role()).isEqualTo(Role.CLIENT);
            assertThat(client.site(master.config().localSite().orElseThrow()).flatMap(SiteStatus::role))
                    .contains(Role.MASTER);
            assertThat(client.local().lagRecords()).isZero();
            assertThat(client.local().startedOnce()).isTrue();
        }
    }

    @Test
    void no_thread_is_left_behind() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.startAll();
            names(group.master()).put("k", "v");
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("understudy-") || name.startsWith("vert.x")));
    }
}
