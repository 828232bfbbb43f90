package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.InsufficientAcksException;
import org.understudy.ReplicationException;
import org.understudy.Role;
import org.understudy.TransactionOptions;
import org.understudy.UnavailableException;
import org.understudy.event.RolledBack;

/** What becomes of sites and of whole groups that are stopped and started, for real. */
@Timeout(120)
class RestartScenariosTest {
    @TempDir
    Path folder;

    private static Database<String, String> people(Environment environment) {
        return environment.database("people", Codecs.STRING, Codecs.STRING);
    }

    @Test
    void S10_S62_starting_again_changes_nothing_and_an_order_before_the_start_is_refused() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment site = group.open(0);
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> site.removeSite("localhost:1"))
                    .withMessageContaining("start it first");
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> site.transferMastership(group.name(0)))
                    .withMessageContaining("start it first");
            site.start();
            long generation = site.generation();
            site.start();
            assertThat(site.role()).isEqualTo(Role.MASTER);
            assertThat(site.generation()).isEqualTo(generation);
        }
    }

    @Test
    void S53_a_removal_of_a_database_that_only_an_old_master_knew_is_undone_in_place() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.set("quorum-loss-timeout", "30s"))) {
            group.startAll();
            Environment old = group.master();
            int index = group.indexOf(old);
            people(old).put("ada", "countess");
            names(old).put("k", "v");
            group.converged();
            closeAllBut(group, index);
            assertThatExceptionOfType(InsufficientAcksException.class).isThrownBy(() -> old.removeDatabase("people"));
            assertThat(people(old).get("ada")).isEmpty();
            TransactionOptions alone = TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.NONE);
            old.write(alone, txn -> people(old).put(txn, "bob", "builder"));
            group.close(index);
            for (int site = 0; site < 3; site++) {
                if (site != index) {
                    group.open(site).startAsync();
                }
            }
            names(group.master()).put("new", "v");
            Environment back = group.start(index);
            assertThat(group.converged()).containsOnlyKeys("k", "new");
            assertThat(people(back).get("ada")).contains("countess");
            assertThat(people(back).get("bob")).isEmpty();
            assertThat(TestGroup.fresh(back).transfer().initialisations()).isZero();
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(group.events(index, RolledBack.class))
                    .flatExtracting(RolledBack::tokens)
                    .hasSize(2));
        }
    }

    private static void closeAllBut(TestGroup group, int index) {
        for (int site = 0; site < 3; site++) {
            if (site != index) {
                group.close(site);
            }
        }
    }

    @Test
    void S54_a_home_of_one_group_is_never_taken_into_another() {
        try (TestGroup group = new TestGroup(folder.resolve("one"), 2);
                TestGroup other = new TestGroup(folder.resolve("other"), 2)) {
            names(group.start(0)).put("k", "v");
            names(other.start(0)).put("k", "w");
            other.start(1);
            other.converged();
            other.close(1);
            Environment lost = Environment.open(other.config(1)
                    .bootstrapHelpers(List.of(group.name(0)))
                    .set("join-timeout", "2s")
                    .build());
            other.close(0);
            try (lost) {
                ReplicationException refusal = catchThrowableOfType(ReplicationException.class, lost::start);
                assertThat(refusal).isNotNull();
                assertThat(names(lost).get("k")).contains("w");
            }
            assertThat(group.converged()).containsEntry("k", "v");
            assertThat(TestGroup.fresh(group.master()).sites()).hasSize(1);
        }
    }

    @Test
    void S66_a_whole_group_finds_itself_again_without_being_told_any_address() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            names(group.master()).put("k", "v");
            group.converged();
            group.stopAll();
            List<Environment> sites = new ArrayList<>();
            try {
                List<CompletableFuture<Void>> starting = new ArrayList<>();
                for (int site = 0; site < 3; site++) {
                    sites.add(Environment.open(group.config(site)
                            .groupCreator(false)
                            .bootstrapHelpers(List.of())
                            .build()));
                    starting.add(sites.get(site).startAsync().toCompletableFuture());
                }
                starting.forEach(CompletableFuture::join);
                assertThat(sites).filteredOn(site -> site.role() == Role.MASTER).hasSize(1);
                assertThat(sites).allMatch(site -> names(site).get("k").equals(java.util.Optional.of("v")));
            } finally {
                sites.forEach(Environment::close);
            }
        }
    }
}
