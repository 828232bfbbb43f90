package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Codecs;
import org.understudy.CommitToken;
import org.understudy.ConflictException;
import org.understudy.Consistency;
import org.understudy.Cursor;
import org.understudy.Database;
import org.understudy.Direction;
import org.understudy.Environment;
import org.understudy.KeyRange;
import org.understudy.Outcome;
import org.understudy.Role;
import org.understudy.Transaction;

/** What is written on a client goes to the master, on real sites (protocol.md §9; S79 of berkeley-db.md). */
@Timeout(120)
class ForwardingScenariosTest {
    @TempDir
    Path folder;

    @Test
    void S79_what_a_client_writes_is_committed_by_the_master_and_readable_at_the_client_at_once() {
        try (TestGroup group = ForwardingGroups.pair(folder)) {
            Environment client = group.site(1);
            CommitToken token = names(client).put("a", "1");
            assertThat(names(client).get("a")).contains("1");
            assertThat(names(group.site(0)).get("a")).contains("1");
            assertThat(client.outcome(token)).isIn(Outcome.APPLIED, Outcome.PERMANENT);
            names(client).delete("a");
            assertThat(names(client).get("a")).isEmpty();
            assertThat(group.converged()).isEqualTo(Map.of("k", "v"));
        }
    }

    @Test
    void S79_the_counters_tell_who_forwarded_and_who_took_it() {
        try (TestGroup group = ForwardingGroups.pair(folder)) {
            names(group.site(1)).put("a", "1");
            names(group.site(1)).put("b", "1");
            assertThat(TestGroup.fresh(group.site(1)).forwarding().writesForwarded())
                    .isEqualTo(2);
            assertThat(TestGroup.fresh(group.site(0)).forwarding().writesReceived())
                    .isEqualTo(2);
            assertThat(TestGroup.fresh(group.site(0)).forwarding().writesForwarded())
                    .isZero();
        }
    }

    @Test
    void S79_every_kind_of_write_works_on_a_client() {
        try (TestGroup group = ForwardingGroups.pair(folder)) {
            Environment client = group.site(1);
            Database<String, String> names = names(client);
            assertThat(names.putIfAbsent("k", "other").changed())
                    .as("there is one")
                    .isFalse();
            assertThat(names.putIfAbsent("new", "1").changed()).isTrue();
            assertThat(names.delete("new").changed()).isTrue();
            assertThat(names.delete("new").changed()).as("no longer there").isFalse();
            client.write(txn -> {
                for (int i = 0; i < 200; i++) {
                    names.put(txn, "bulk" + i, "v" + i);
                }
            });
            client.write(txn -> {
                try (Cursor<String, String> cursor = names.cursor(txn, KeyRange.all(), Direction.FORWARDS)) {
                    while (cursor.next()) {
                        names.put(txn, cursor.key(), cursor.value() + "!");
                    }
                }
            });
            assertThat(names.get("bulk7")).contains("v7!");
            assertThat(names.get("k")).contains("v!");
            client.renameDatabase("names", "people");
            assertThat(client.databaseNames()).containsExactly("people");
            client.database("people", Codecs.STRING, Codecs.STRING).truncate();
            assertThat(client.database("people", Codecs.STRING, Codecs.STRING).get("k"))
                    .isEmpty();
            client.removeDatabase("people");
            assertThat(client.databaseNames()).isEmpty();
            assertThat(group.site(0).databaseNames()).isEmpty();
        }
    }

    @Test
    void S79_a_transaction_of_a_client_that_read_what_was_written_since_conflicts_and_write_repeats_it() {
        try (TestGroup group = ForwardingGroups.pair(folder)) {
            Environment client = group.site(1);
            Database<String, String> there = names(client);
            try (Transaction txn = client.begin()) {
                assertThat(there.get(txn, "k")).contains("v");
                names(group.site(0)).put("k", "w");
                there.put(txn, "seen", "v");
                assertThatExceptionOfType(ConflictException.class).isThrownBy(txn::commit);
            }
            assertThat(there.get("seen")).isEmpty();
            int[] runs = new int[1];
            client.write(txn -> {
                String before = there.get(txn, "k").orElseThrow();
                if (runs[0]++ == 0) {
                    names(group.site(0)).put("k", "x");
                }
                there.put(txn, "seen", before);
            });
            assertThat(there.get("seen")).contains("x");
            assertThat(runs[0]).isGreaterThan(1);
        }
    }

    @Test
    void S79_many_writers_on_all_sites_count_to_the_right_number() {
        try (TestGroup group = ForwardingGroups.of(folder, 3, builder -> builder.conflictAttempts(1_000))) {
            group.start(0);
            group.start(1);
            group.start(2);
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < 6; writer++) {
                Environment site = group.site(writer % 3);
                writers.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 20; i++) {
                        site.write(txn -> {
                            int now = names(site)
                                    .get(txn, "count")
                                    .map(Integer::parseInt)
                                    .orElse(0);
                            names(site).put(txn, "count", String.valueOf(now + 1));
                        });
                    }
                }));
            }
            writers.forEach(CompletableFuture::join);
            assertThat(group.converged()).isEqualTo(Map.of("count", "120"));
        }
    }

    @Test
    void S79_a_change_of_master_in_mid_flight_loses_nothing_and_applies_nothing_twice() {
        try (TestGroup group = ForwardingGroups.of(folder, 3)) {
            group.start(0);
            group.start(1);
            group.start(2);
            Environment client = group.site(2);
            Database<String, String> names = names(client);
            Map<String, String> written = new TreeMap<>();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 400; i++) {
                    String number = String.valueOf(i);
                    client.write(txn -> {
                        int count =
                                names.get(txn, "count").map(Integer::parseInt).orElse(0);
                        names.put(txn, "count", String.valueOf(count + 1));
                        names.put(txn, number, "1");
                    });
                    written.put(number, "1");
                }
            });
            for (int to : new int[] {1, 0, 1, 0}) {
                group.site(2).transferMastership(group.name(to));
                await().atMost(TestGroup.PATIENCE).until(() -> group.site(to).role() == Role.MASTER);
            }
            writer.join();
            written.put("count", "400");
            assertThat(group.converged()).isEqualTo(written);
        }
    }

    @Test
    void S79_a_client_that_becomes_master_meanwhile_writes_itself() {
        try (TestGroup group = ForwardingGroups.pair(folder)) {
            Environment client = group.site(1);
            names(client).put("a", "1");
            client.transferMastership(group.name(1));
            names(client).put("a", "2");
            names(group.site(0)).put("b", "1");
            assertThat(group.converged()).isEqualTo(Map.of("k", "v", "a", "2", "b", "1"));
            assertThat(TestGroup.fresh(group.site(0)).forwarding().writesForwarded())
                    .isPositive();
        }
    }

    @Test
    void S79_a_restarted_client_forwards_in_a_session_of_its_own() {
        try (TestGroup group = ForwardingGroups.pair(folder)) {
            names(group.site(1)).put("a", "1");
            group.close(1);
            names(group.start(1)).put("a", "2");
            assertThat(names(group.site(0)).get("a")).contains("2");
            assertThat(group.converged()).isEqualTo(Map.of("k", "v", "a", "2"));
        }
    }

    @Test
    void S79_a_view_forwards_as_well_and_a_partial_one_without_what_it_does_not_hold() {
        try (TestGroup group = ForwardingGroups.of(folder, 2)) {
            CommitToken token = names(group.start(0)).put("k", "v");
            Environment view = group.open(1, builder -> builder.view(true).viewDatabases(List.of("names")));
            view.start();
            assertThat(names(view).get("k", Consistency.atLeast(token))).contains("v");
            view.write(
                    txn -> names(view).put(txn, "k", names(view).get(txn, "k").orElseThrow() + "!"));
            assertThat(names(view).get("k")).contains("v!");
            Database<String, String> elsewhere = view.database("elsewhere", Codecs.STRING, Codecs.STRING);
            elsewhere.put("a", "1");
            assertThat(group.site(0)
                            .database("elsewhere", Codecs.STRING, Codecs.STRING)
                            .get("a"))
                    .contains("1");
        }
    }

    @Test
    void S79_asynchronous_writes_end_as_the_others_do_and_in_their_order() {
        try (TestGroup group = ForwardingGroups.pair(folder)) {
            Environment client = group.site(1);
            List<CompletableFuture<CommitToken>> stages = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                stages.add(names(client).putAsync("a", String.valueOf(i)).toCompletableFuture());
            }
            stages.forEach(CompletableFuture::join);
            assertThat(names(client).get("a")).contains("299");
        }
    }

    @Test
    void S79_the_token_of_a_forwarded_write_reads_it_at_any_site() {
        try (TestGroup group = ForwardingGroups.of(folder, 3)) {
            group.start(0);
            group.start(1);
            group.start(2);
            CommitToken token = names(group.site(1)).put("a", "1");
            Optional<String> read = names(group.site(2)).get("a", Consistency.atLeast(token));
            assertThat(read).contains("1");
        }
    }

    @Test
    void S79_the_token_of_an_unanswered_write_is_kept_as_text_and_asked_for_anywhere() {
        try (TestGroup group = ForwardingGroups.pair(
                folder, builder -> builder.set("forward-timeout", "1s").set("ack-timeout", "1s"))) {
            Environment client = group.site(1);
            CommitToken committed = names(client).put("a", "1");
            CommitToken unanswered = CommitToken.ofForwarded(committed.group(), 7);
            assertThat(CommitToken.parse(unanswered.toString())).isEqualTo(unanswered);
            assertThat(client.outcome(unanswered)).isEqualTo(Outcome.UNKNOWN);
            assertThat(group.site(0).outcome(unanswered)).isEqualTo(Outcome.UNKNOWN);
        }
    }
}
