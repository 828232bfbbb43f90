package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.ConfigurationException;
import org.understudy.Consistency;
import org.understudy.Cursor;
import org.understudy.Direction;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentLockedException;
import org.understudy.InsufficientAcksException;
import org.understudy.KeyRange;
import org.understudy.NotMasterException;
import org.understudy.Outcome;
import org.understudy.Role;
import org.understudy.Transaction;
import org.understudy.TransactionOptions;
import org.understudy.UnavailableException;
import org.understudy.event.PermFailed;
import org.understudy.event.ReplicationEvent;

/** A second environment on a home goes through the one that has it, with the whole API (protocol.md §11). */
class SubordinateTest {
    @TempDir
    Path folder;

    private static Environment subordinate(TestGroup group, int site) {
        return Environment.open(group.config(site).build());
    }

    @Test
    void S80_a_second_process_starts_writes_with_the_acks_of_the_policy_and_reads_everywhere() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            int master = group.indexOf(group.master());
            try (Environment second = subordinate(group, master)) {
                second.start();
                assertThat(second.role()).isEqualTo(Role.MASTER);
                assertThat(second.master()).contains(group.name(master));
                second.requireMaster(second.generation());
                CommitToken token = names(second).put("k", "v");
                assertThat(second.awaitOutcome(token, TestGroup.PATIENCE)).isEqualTo(Outcome.PERMANENT);
                assertThat(names(group.site(master)).get("k")).contains("v");
                assertThat(TestGroup.fresh(second).sites()).hasSize(3);
                assertThat(TestGroup.fresh(second).local().name()).contains(group.name(master));
                Environment client = group.client();
                try (Environment reader = subordinate(group, group.indexOf(client))) {
                    assertThat(names(reader).get("k", Consistency.atLeast(token)))
                            .contains("v");
                    assertThat(names(reader).get("k", Consistency.LATEST)).contains("v");
                    assertThat(names(reader)
                                    .getAsync("k", Consistency.PERMANENT)
                                    .toCompletableFuture()
                                    .join())
                            .contains("v");
                    assertThatExceptionOfType(NotMasterException.class)
                            .isThrownBy(() -> names(reader).put("k", "w"))
                            .satisfies(e -> assertThat(e.master()).contains(group.name(master)));
                }
            }
        }
    }

    @Test
    void a_perm_failure_is_told_in_the_process_that_committed_alone() {
        TransactionOptions all =
                TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.ALL).withAckTimeout(Duration.ofMillis(300));
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            int master = group.indexOf(group.master());
            List<ReplicationEvent> heard = new CopyOnWriteArrayList<>();
            try (Environment second = subordinate(group, master)) {
                second.subscribe(heard::add);
                group.close((master + 1) % 3);
                InsufficientAcksException failure = catchThrowableOfType(
                        InsufficientAcksException.class,
                        () -> second.write(all, txn -> names(second).put(txn, "k", "v")));
                assertThat(failure.isRetriable()).isFalse();
                assertThat(names(second).get("k")).contains("v");
                await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(heard)
                        .singleElement()
                        .isInstanceOfSatisfying(PermFailed.class, event -> assertThat(event.token())
                                .isEqualTo(failure.token())));
                assertThat(group.events(master, PermFailed.class)).isEmpty();
            }
        }
    }

    @Test
    void a_scan_is_fetched_in_batches_both_ways_and_from_a_key_on() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            group.start(0);
            try (Environment second = subordinate(group, 0)) {
                Map<String, String> all = new TreeMap<>();
                for (int i = 0; i < 5_000; i++) {
                    all.put(String.format("%05d", i), "value " + i);
                }
                names(second).putAll(all);
                assertThat(TestGroup.content(second)).isEqualTo(all);
                assertThat(names(second).count()).isEqualTo(all.size());
                try (Transaction transaction = second.begin();
                        Cursor<String, String> cursor =
                                names(second).cursor(transaction, KeyRange.lessThan("03000"), Direction.BACKWARDS)) {
                    assertThat(cursor.next()).isTrue();
                    assertThat(cursor.key()).isEqualTo("02999");
                    assertThat(cursor.seek("00005x")).isTrue();
                    int found = 0;
                    do {
                        found++;
                        assertThat(cursor.value()).isEqualTo(all.get(cursor.key()));
                    } while (cursor.next());
                    assertThat(found).isEqualTo(6);
                    assertThat(cursor.next()).isFalse();
                    assertThat(cursor.seek("00002")).isTrue();
                    assertThat(cursor.key()).isEqualTo("00002");
                }
            }
        }
    }

    @Test
    void the_operators_calls_work_in_a_subordinate_too() {
        try (TestGroup group = new TestGroup(folder, 2, builder -> builder.set("two-site-strict", "false"))) {
            group.startAll();
            group.master();
            try (Environment second = subordinate(group, 0)) {
                second.transferMastership(group.name(1));
                await().atMost(TestGroup.PATIENCE).until(() -> second.master().equals(Optional.of(group.name(1))));
                second.transferMastership(group.name(0));
                await().atMost(TestGroup.PATIENCE).until(() -> second.role() == Role.MASTER);
                CommitToken token = names(second).put("k", "v");
                assertThat(second.verify().isSound()).isTrue();
                assertThat(second.digest(token.lsn())).isEqualTo(group.site(0).digest(token.lsn()));
                assertThat(second.backup(folder.resolve("backup")).files()).isPositive();
                assertThat(folder.resolve("backup")).isNotEmptyDirectory();
                assertThat(second.rolledBack()).isEmpty();
                second.changePriority(group.name(1), 7);
                assertThat(TestGroup.fresh(second)
                                .site(group.name(1))
                                .orElseThrow()
                                .priority())
                        .isEqualTo(7);
                assertThatExceptionOfType(UnavailableException.class).isThrownBy(second::becomeMaster);
                assertThat(second.forceMasterDryRun().isPossible()).isFalse();
                assertThatExceptionOfType(IllegalArgumentException.class)
                        .isThrownBy(() -> second.outcome(new CommitToken(UUID.randomUUID(), 1, 1)));
                second.removeSite(group.name(1));
                assertThat(TestGroup.fresh(second).sites()).hasSize(1);
            }
        }
    }

    @Test
    void S80_the_local_site_is_inherited_and_another_one_is_refused() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            group.start(0);
            try (Environment second =
                    Environment.open(EnvironmentConfig.builder(group.home(0)).build())) {
                names(second).put("k", "v");
                assertThat(TestGroup.fresh(second).local().name()).contains(group.name(0));
            }
            String other = TestGroup.freeNames(1).get(0);
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() ->
                            Environment.open(group.config(0).localSite(other).build()))
                    .withMessageContaining(other)
                    .withMessageContaining(group.name(0));
        }
    }

    @Test
    void what_a_subordinate_had_open_ends_with_it_and_nobody_else_notices() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment first = group.start(0);
            Environment second = subordinate(group, 0);
            Transaction left = second.begin();
            names(second).put(left, "k", "lost");
            assertThat(names(second).get(left, "k")).contains("lost");
            second.close();
            assertThat(names(first).get("k")).isEmpty();
            names(first).put("k", "kept");
            assertThat(first.role()).isEqualTo(Role.MASTER);
            assertThat(first.generation()).isEqualTo(1);
        }
    }

    @Test
    void a_subordinate_waits_for_the_next_process_that_has_the_home() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            group.start(0);
            names(group.site(0)).put("k", "v");
            try (Environment second = subordinate(group, 0);
                    Transaction begun = second.begin()) {
                assertThat(names(second).get(begun, "k")).contains("v");
                group.close(0);
                assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(() -> names(second).get(begun, "k"))
                        .satisfies(e -> assertThat(e.isRetriable()).isTrue());
                group.start(0);
                assertThat(names(second).get("k")).contains("v");
                await().atMost(TestGroup.PATIENCE).until(() -> second.role() == Role.MASTER);
                names(second).put("k", "w");
                assertThat(names(group.site(0)).get("k")).contains("w");
            }
        }
    }

    @Test
    void where_nobody_has_the_home_in_time_a_call_says_so() {
        try (TestGroup group = new TestGroup(folder, 1, builder -> builder.set("process-timeout", "200ms"))) {
            group.start(0);
            try (Environment second = subordinate(group, 0)) {
                group.close(0);
                assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(() -> names(second).get("k"))
                        .withMessageContaining("process-timeout")
                        .satisfies(e -> assertThat(e.isRetriable()).isTrue());
            }
        }
    }

    @Test
    void a_home_whose_path_is_too_long_for_a_socket_is_shared_over_loopback() {
        Path deep = folder.resolve("x".repeat(120));
        try (TestGroup group = new TestGroup(deep, 1)) {
            group.start(0);
            assertThat(group.home(0).resolve("process.sock")).doesNotExist();
            try (Environment second = subordinate(group, 0)) {
                names(second).put("k", "v");
                assertThat(names(group.site(0)).get("k")).contains("v");
            }
        }
    }

    @Test
    void only_its_owner_can_use_a_home_that_is_open() throws Exception {
        try (TestGroup group = new TestGroup(folder, 1)) {
            group.start(0);
            for (String file : List.of("process.sock", "process.address")) {
                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(group.home(0).resolve(file))))
                        .as(file)
                        .isEqualTo("rw-------");
            }
            Path address = group.home(0).resolve("process.address");
            String right = Files.readString(address);
            Files.writeString(address, right.lines().findFirst().orElseThrow() + "\nwrong\n");
            assertThatExceptionOfType(EnvironmentLockedException.class)
                    .isThrownBy(() -> subordinate(group, 0))
                    .withMessageContaining("process.address");
            Files.writeString(address, right);
            subordinate(group, 0).close();
        }
        assertThat(folder.resolve("site0/process.address")).doesNotExist();
    }

    @Test
    void commits_of_many_threads_at_once_lose_nothing() throws Exception {
        try (TestGroup group = new TestGroup(folder, 1, builder -> builder.conflictAttempts(10_000))) {
            group.start(0);
            try (Environment second = subordinate(group, 0)) {
                Thread[] threads = new Thread[16];
                for (int i = 0; i < threads.length; i++) {
                    threads[i] = new Thread(() -> {
                        for (int round = 0; round < 20; round++) {
                            second.write(txn -> names(second)
                                    .put(
                                            txn,
                                            "n",
                                            String.valueOf(Integer.parseInt(names(second)
                                                            .get(txn, "n")
                                                            .orElse("0"))
                                                    + 1)));
                        }
                    });
                    threads[i].start();
                }
                for (Thread thread : threads) {
                    thread.join(Duration.ofSeconds(60).toMillis());
                }
                assertThat(names(second).get("n")).contains("320");
            }
        }
    }
}
