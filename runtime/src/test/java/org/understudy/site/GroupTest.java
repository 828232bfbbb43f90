package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.understudy.AckPolicy;
import org.understudy.Durability;
import org.understudy.Environment;
import org.understudy.InsufficientAcksException;
import org.understudy.NotMasterException;
import org.understudy.Role;
import org.understudy.SiteStatus;
import org.understudy.Status;
import org.understudy.TransactionOptions;
import org.understudy.event.BecameMaster;
import org.understudy.event.PermFailed;

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
    void S05_a_client_refuses_writes_and_names_the_master() {
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
    void S27_a_commit_for_all_says_who_has_it_when_one_site_is_down() {
        TransactionOptions all =
                TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.ALL).withAckTimeout(Duration.ofSeconds(1));
        // It fails when the time is over, and not at once, before the other could acknowledge it.
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.set("connection-grace", "30s"))) {
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
            assertThat(TestGroup.fresh(master).commits().waiting()).isZero();
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
            Status client = TestGroup.fresh(group.client());
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
