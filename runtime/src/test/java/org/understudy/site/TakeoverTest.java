package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.CommitToken;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.Outcome;
import org.understudy.Role;
import org.understudy.event.BecameMaster;
import org.understudy.event.ElectionStarted;
import org.understudy.event.NewMaster;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.Takeover;

/** One environment goes, and another on the same home has it then: real RocksDB, real sockets (protocol.md §11). */
class TakeoverTest {
    @TempDir
    Path folder;

    @Test
    void S80_the_replication_process_of_the_master_closes_and_another_takes_over_without_an_election() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.set("takeover-grace", "20s"))) {
            group.startAll();
            int master = group.indexOf(group.master());
            long generation = group.master().generation();
            List<ReplicationEvent> heard = new CopyOnWriteArrayList<>();
            try (Environment second = Environment.open(group.config(master).build())) {
                second.subscribe(heard::add);
                second.start();
                CommitToken before = names(second).put("before", "1");

                group.site(master).close();

                await().atMost(TestGroup.PATIENCE)
                        .until(() -> second.role() == Role.MASTER && second.generation() > generation);
                assertThat(second.generation()).isEqualTo(generation + 1);
                CommitToken after = names(second).put("after", "2");
                assertThat(second.awaitOutcome(after, TestGroup.PATIENCE)).isEqualTo(Outcome.PERMANENT);
                assertThat(second.outcome(before)).isEqualTo(Outcome.PERMANENT);
                await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(heard)
                        .extracting(ReplicationEvent::getClass)
                        .containsSubsequence(List.of(Takeover.class, BecameMaster.class)));
                for (int other = 0; other < 3; other++) {
                    if (other != master) {
                        assertThat(group.events(other)).noneMatch(ElectionStarted.class::isInstance);
                        int site = other;
                        await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(group.events(site))
                                .anyMatch(event -> event instanceof NewMaster news
                                        && news.generation() == generation + 1
                                        && news.master().equals(group.name(master))));
                    }
                }
            }
        }
    }

    @Test
    void S80_the_replication_process_of_a_client_closes_and_another_takes_over_while_the_master_stays() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            int client = group.indexOf(group.client());
            Environment master = group.master();
            long generation = master.generation();
            try (Environment second = Environment.open(group.config(client).build());
                    Environment third = Environment.open(group.config(client).build())) {
                second.start();
                third.start();

                group.site(client).close();

                CommitToken token = names(master).put("k", "v");
                assertThat(second.awaitOutcome(token, TestGroup.PATIENCE)).isEqualTo(Outcome.PERMANENT);
                await().atMost(TestGroup.PATIENCE)
                        .untilAsserted(() -> assertThat(third.awaitOutcome(token, TestGroup.PATIENCE))
                                .isEqualTo(Outcome.PERMANENT));
                await().atMost(TestGroup.PATIENCE)
                        .until(() -> second.status().local().ready());
                assertThat(master.role()).isEqualTo(Role.MASTER);
                assertThat(master.generation()).isEqualTo(generation);
            }
        }
    }

    @Test
    void one_that_was_not_started_does_not_take_over_until_it_is() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            int master = group.indexOf(group.master());
            try (Environment second = Environment.open(group.config(master).build())) {
                group.site(master).close();
                await().atMost(TestGroup.PATIENCE).until(() -> List.of(0, 1, 2).stream()
                        .filter(site -> site != master)
                        .map(group::site)
                        .anyMatch(site -> site.role() == Role.MASTER));
                second.start();
                assertThat(second.role()).isEqualTo(Role.CLIENT);
            }
        }
    }

    @Test
    void an_environment_without_a_group_is_taken_over_too() {
        EnvironmentConfig config =
                EnvironmentConfig.builder(folder.resolve("home")).build();
        Environment first = Environment.open(config);
        try (Environment second = Environment.open(config)) {
            names(first).put("k", "v");
            first.close();
            assertThat(names(second).get("k")).contains("v");
            names(second).put("k", "w");
            assertThat(names(second).get("k")).contains("w");
        }
    }

    @Test
    void what_takes_over_is_set_up_as_the_one_before_was() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            group.startAll();
            EnvironmentConfig bare =
                    EnvironmentConfig.builder(group.config(0).build().home()).build();
            try (Environment second = Environment.open(bare)) {
                second.start();
                group.site(0).close();
                await().atMost(TestGroup.PATIENCE)
                        .until(() -> second.status().local().ready());
                assertThat(TestGroup.fresh(second).local().name()).contains(group.name(0));
                assertThat(second.role()).isEqualTo(Role.MASTER);
            }
        }
    }
}
