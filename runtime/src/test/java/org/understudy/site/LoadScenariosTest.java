package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.InsufficientAcksException;
import org.understudy.KeyRange;
import org.understudy.RecordTooLargeException;
import org.understudy.Transaction;
import org.understudy.TransactionOptions;
import org.understudy.event.PermFailed;

/** Much data, large transactions, and what each commit asks of the others, on real sites. */
@Timeout(120)
class LoadScenariosTest {
    @TempDir
    Path folder;

    @Test
    void S31_each_commit_asks_for_what_it_wants_whatever_the_clients_are_set_to() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.ackPolicy(AckPolicy.NONE))) {
            group.startAll();
            Environment master = group.master();
            int index = group.indexOf(master);
            for (AckPolicy policy : AckPolicy.values()) {
                TransactionOptions asked = TransactionOptions.DEFAULT.withAckPolicy(policy);
                master.write(asked, txn -> names(master).put(txn, policy.name(), "v"));
                if (policy == AckPolicy.ALL) {
                    assertThat(group.running())
                            .allMatch(site -> TestGroup.fresh(site).log().lastLsn()
                                    == TestGroup.fresh(master).log().lastLsn());
                }
            }
            assertThat(group.events(index, PermFailed.class)).isEmpty();
            assertThat(group.converged()).hasSize(AckPolicy.values().length);
        }
    }

    @Test
    void S31_the_policy_of_a_site_changes_at_run_time_and_counts_for_every_commit_that_says_nothing_else() {
        try (TestGroup group = new TestGroup(
                folder, 3, builder -> builder.ackPolicy(AckPolicy.NONE).set("ack-timeout", "200ms"))) {
            group.startAll();
            Environment master = group.master();
            int away = group.indexOf(group.client());
            group.close(away);
            names(master).put("before", "v");
            Transaction open = master.begin();
            names(master).put(open, "open", "v");
            master.changeAckPolicy(AckPolicy.ALL);
            assertThat(master.ackPolicy()).isEqualTo(AckPolicy.ALL);
            assertThatExceptionOfType(InsufficientAcksException.class)
                    .isThrownBy(() -> names(master).put("after", "v"))
                    .withMessageContaining("ALL");
            assertThatExceptionOfType(InsufficientAcksException.class).isThrownBy(open::commit);
            TransactionOptions asked =
                    TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.QUORUM).withAckTimeout(TestGroup.PATIENCE);
            master.write(asked, txn -> names(master).put(txn, "asked", "v"));
            // The other site's own is still NONE, and it acknowledges all the same.
            assertThat(group.client().ackPolicy()).isEqualTo(AckPolicy.NONE);
            group.start(away);
            await().atMost(TestGroup.PATIENCE)
                    .ignoreException(InsufficientAcksException.class)
                    .untilAsserted(() -> names(master).put("all", "v"));
            assertThat(group.converged()).containsKeys("before", "open", "after", "asked", "all");
        }
    }

    @Test
    void S37_large_transactions_reach_a_site_that_missed_some_and_one_too_large_changes_nothing() {
        String large = "v".repeat(400 << 10);
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.set("max-record", "1MiB"))) {
            group.startAll();
            Environment master = group.master();
            int away = group.indexOf(group.client());
            names(master).put("before", large);
            group.close(away);
            for (int i = 0; i < 10; i++) {
                names(master).putAll(Map.of("a" + i, large, "b" + i, large));
            }
            CompletableFuture<Void> back = group.open(away).startAsync().toCompletableFuture();
            for (int i = 10; i < 20; i++) {
                names(master).putAll(Map.of("a" + i, large, "b" + i, large));
            }
            back.join();
            long last = TestGroup.fresh(master).log().lastLsn();
            assertThatExceptionOfType(RecordTooLargeException.class)
                    .isThrownBy(() -> names(master).putAll(Map.of("x", large, "y", large, "z", large)));
            assertThat(TestGroup.fresh(master).log().lastLsn()).isEqualTo(last);
            assertThat(group.converged()).hasSize(41).doesNotContainKey("x");
        }
    }

    @Test
    void S50_databases_that_come_and_go_while_a_site_initialises_are_the_same_everywhere() {
        try (TestGroup group = new TestGroup(
                folder, 3, builder -> builder.set("segment-size", "64KiB").set("log-retention", "0"))) {
            Environment master = group.start(0);
            group.start(1);
            for (int i = 0; i < 3_000; i++) {
                database(master, "bulk" + i % 5).putAsync("k" + i, "v".repeat(500));
            }
            database(master, "kept").put("k", "v");
            await().atMost(TestGroup.PATIENCE).until(() -> master.status().log().startLsn() > 1);
            CompletableFuture<Void> joining = group.open(2).startAsync().toCompletableFuture();
            int round = 0;
            while (!joining.isDone() || round < 3) {
                String replaced = "replaced" + round % 3;
                database(master, replaced).put("round", String.valueOf(round));
                master.removeDatabase("bulk" + round % 5);
                database(master, "moved").put("round", String.valueOf(round));
                master.removeDatabase("moved-on");
                master.renameDatabase("moved", "moved-on");
                database(master, replaced).truncate();
                database(master, replaced).put("truncated", String.valueOf(round));
                round++;
            }
            joining.join();
            Environment joined = group.site(2);
            assertThat(TestGroup.fresh(joined).transfer().initialisations()).isEqualTo(1);
            group.converged();
            Set<String> there = master.databaseNames();
            assertThat(there).contains("kept", "moved-on", "replaced0").doesNotContain("moved");
            assertThat(joined.databaseNames()).isEqualTo(there);
            for (String name : there) {
                assertThat(content(joined, name)).as(name).isEqualTo(content(master, name));
            }
        }
    }

    private static Database<String, String> database(Environment environment, String name) {
        return environment.database(name, Codecs.STRING, Codecs.STRING);
    }

    private static Map<String, String> content(Environment environment, String name) {
        return environment.read(txn -> {
            Map<String, String> all = new TreeMap<>();
            database(environment, name).stream(txn, KeyRange.all())
                    .forEach(entry -> all.put(entry.key(), entry.value()));
            return all;
        });
    }
}
