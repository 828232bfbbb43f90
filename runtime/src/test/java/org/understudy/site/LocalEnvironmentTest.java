package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.understudy.Codecs;
import org.understudy.CommitToken;
import org.understudy.ConfigurationException;
import org.understudy.ConflictException;
import org.understudy.Cursor;
import org.understudy.Database;
import org.understudy.Direction;
import org.understudy.Durability;
import org.understudy.Entry;
import org.understudy.Environment;
import org.understudy.EnvironmentClosedException;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentLockedException;
import org.understudy.KeyRange;
import org.understudy.Role;
import org.understudy.Status;
import org.understudy.Transaction;
import org.understudy.TransactionBody;
import org.understudy.TransactionClosedException;
import org.understudy.TransactionOptions;
import org.understudy.UnavailableException;
import org.understudy.WriteResult;

/** An environment without a local site: a plain local store with the whole API. */
class LocalEnvironmentTest {
    @TempDir
    Path home;

    EnvironmentConfig config(Durability durability) {
        return EnvironmentConfig.builder(home).durability(durability).build();
    }

    Environment open(Durability durability) {
        return Environment.open(config(durability));
    }

    final Environment open() {
        return open(Durability.WRITE_NO_SYNC);
    }

    static Database<String, String> names(Environment environment) {
        return environment.database("names", Codecs.STRING, Codecs.STRING);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void what_is_written_is_there_after_closing_and_opening_again(Durability durability) {
        CommitToken token;
        try (Environment environment = open(durability)) {
            environment.start();
            token = environment.write(txn -> names(environment).put(txn, "k", "v"));
            assertThat(names(environment).get("k")).contains("v");
        }
        try (Environment environment = open(durability)) {
            assertThat(names(environment).get("k")).contains("v");
            assertThat(names(environment).put("k", "w").lsn()).isGreaterThan(token.lsn());
        }
    }

    @Test
    void it_is_master_from_the_first_moment() {
        try (Environment environment = open()) {
            assertThat(environment.role()).isEqualTo(Role.MASTER);
            environment.requireMaster(environment.generation());
            assertThat(environment.status().local().ready()).isTrue();
        }
    }

    @Test
    void a_database_that_was_never_written_reads_as_empty() {
        try (Environment environment = open()) {
            assertThat(names(environment).get("k")).isEmpty();
            assertThat(names(environment).count()).isZero();
            assertThat(environment.databaseNames()).isEmpty();
        }
    }

    @Test
    void each_call_on_its_own_is_a_transaction() {
        try (Environment environment = open()) {
            Database<String, String> names = names(environment);
            assertThat(names.putIfAbsent("a", "1").changed()).isTrue();
            WriteResult second = names.putIfAbsent("a", "2");
            assertThat(second.changed()).isFalse();
            assertThat(second.token()).isEqualTo(CommitToken.NONE);
            names.putAll(Map.of("b", "2", "c", "3"));
            assertThat(names.count()).isEqualTo(3);
            assertThat(names.delete("a").changed()).isTrue();
            assertThat(names.delete("a").changed()).isFalse();
            names.deleteAll(List.of("b", "x"));
            assertThat(names.contains("b")).isFalse();
            assertThat(names.contains("c")).isTrue();
            names.truncate();
            assertThat(names.count()).isZero();
        }
    }

    @Test
    void calls_without_waiting_end_the_same_way() {
        try (Environment environment = open()) {
            Database<String, String> names = names(environment);
            names.putAsync("a", "1").toCompletableFuture().join();
            assertThat(names.putIfAbsentAsync("a", "2")
                            .toCompletableFuture()
                            .join()
                            .changed())
                    .isFalse();
            names.putAllAsync(Map.of("b", "2")).toCompletableFuture().join();
            assertThat(names.deleteAsync("a").toCompletableFuture().join().changed())
                    .isTrue();
            assertThat(names.get("b")).contains("2");
            names.deleteAllAsync(Set.of("b")).toCompletableFuture().join();
            names.putAsync("c", "3").toCompletableFuture().join();
            names.truncateAsync().toCompletableFuture().join();
            assertThat(names.count()).isZero();
        }
    }

    @Test
    void a_transaction_sees_its_own_writes_and_others_only_after_the_commit() {
        try (Environment environment = open();
                Transaction transaction = environment.begin()) {
            Database<String, String> names = names(environment);
            names.put(transaction, "a", "1");
            assertThat(names.get(transaction, "a")).contains("1");
            assertThat(names.get("a")).isEmpty();
            transaction.commit();
            assertThat(names.get("a")).contains("1");
            assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> names.get(transaction, "a"));
        }
    }

    @Test
    void a_transaction_whose_reads_were_overwritten_conflicts() {
        try (Environment environment = open();
                Transaction transaction = environment.begin()) {
            Database<String, String> names = names(environment);
            assertThat(names.get(transaction, "a")).isEmpty();
            names.put("a", "other");
            names.put(transaction, "a", "mine");
            assertThatExceptionOfType(ConflictException.class).isThrownBy(transaction::commit);
            assertThat(names.get("a")).contains("other");
            assertThat(environment.status().commits().conflicts()).isEqualTo(1);
        }
    }

    /** A thousand runs are over in no time if none of them waits. */
    @Test
    void a_transaction_outlives_what_it_conflicts_with_for_a_while() {
        EnvironmentConfig config = EnvironmentConfig.builder(home)
                .durability(Durability.WRITE_NO_SYNC)
                .conflictAttempts(1_000)
                .build();
        try (Environment environment = Environment.open(config)) {
            Database<String, String> names = names(environment);
            for (boolean staged : new boolean[] {false, true}) {
                long untilNanos = System.nanoTime() + Duration.ofMillis(500).toNanos();
                TransactionBody body = txn -> {
                    names.get(txn, "a");
                    names.put(txn, "b", String.valueOf(staged));
                    if (System.nanoTime() < untilNanos) {
                        names.put("a", "other");
                    }
                };
                if (staged) {
                    environment
                            .writeAsync(TransactionOptions.DEFAULT, body)
                            .toCompletableFuture()
                            .join();
                } else {
                    environment.write(body);
                }
                assertThat(names.get("b")).contains(String.valueOf(staged));
            }
        }
    }

    @Test
    void counting_from_many_threads_loses_nothing() throws Exception {
        int threads = 8;
        int rounds = 50;
        try (Environment environment = open()) {
            Database<String, Long> counters = environment.database("counters", Codecs.STRING, Codecs.LONG);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                done.add(pool.submit(() -> {
                    for (int round = 0; round < rounds; round++) {
                        environment.write(txn ->
                                counters.put(txn, "n", counters.get(txn, "n").orElse(0L) + 1));
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
            pool.shutdown();
            assertThat(counters.get("n")).contains((long) threads * rounds);
        }
    }

    @Test
    void a_cursor_walks_a_range_both_ways() {
        try (Environment environment = open();
                Transaction transaction = environment.begin(TransactionOptions.READ_ONLY)) {
            Database<String, String> names = names(environment);
            names.putAll(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));
            List<String> found = new ArrayList<>();
            try (Cursor<String, String> cursor =
                    names.cursor(transaction, KeyRange.between("b", "d"), Direction.BACKWARDS)) {
                while (cursor.next()) {
                    found.add(cursor.key() + cursor.value());
                }
            }
            assertThat(found).containsExactly("c3", "b2");
            assertThat(names.stream(transaction, KeyRange.all()).map(Entry::key))
                    .containsExactly("a", "b", "c", "d");
        }
    }

    @Test
    void databases_are_removed_and_renamed() {
        try (Environment environment = open()) {
            names(environment).put("k", "v");
            environment.renameDatabase("names", "people");
            assertThat(environment.databaseNames()).containsExactly("people");
            assertThatIllegalArgumentException().isThrownBy(() -> environment.renameDatabase("names", "x"));
            environment.removeDatabase("people");
            assertThat(environment.databaseNames()).isEmpty();
        }
    }

    @Test
    void a_home_that_lets_nobody_else_in_is_opened_once() {
        EnvironmentConfig alone =
                EnvironmentConfig.builder(home).subordinates(false).build();
        try (Environment environment = Environment.open(alone)) {
            assertThatExceptionOfType(EnvironmentLockedException.class)
                    .isThrownBy(() -> Environment.open(alone))
                    .withMessageContaining(home.toString());
            assertThatExceptionOfType(EnvironmentLockedException.class)
                    .isThrownBy(this::open)
                    .withMessageContaining(home.toString())
                    .withMessageContaining("subordinates=false");
            names(environment).put("k", "v");
        }
        open().close();
    }

    @Test
    void a_home_that_is_a_file_is_refused() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> Environment.open(EnvironmentConfig.builder(file).build()))
                .withMessageContaining("home");
    }

    @Test
    void a_closed_environment_says_so_and_can_still_be_looked_at() {
        Environment environment = open();
        Database<String, String> names = names(environment);
        Transaction transaction = environment.begin();
        names.put(transaction, "k", "v");
        environment.close();
        environment.close();
        assertThatExceptionOfType(EnvironmentClosedException.class).isThrownBy(() -> names.get("k"));
        assertThatExceptionOfType(EnvironmentClosedException.class).isThrownBy(() -> names.put("k", "v"));
        assertThatExceptionOfType(EnvironmentClosedException.class).isThrownBy(transaction::commit);
        Status status = environment.status();
        assertThat(status.local().role()).isEqualTo(Role.MASTER);
    }

    @Test
    void orders_to_a_group_have_nobody_to_go_to() {
        try (Environment environment = open()) {
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> environment.removeSite("localhost:7000"))
                    .withMessageContaining("local-site");
        }
    }

    @Test
    void no_thread_is_left_behind() {
        Environment environment = open();
        names(environment).putAsync("k", "v").toCompletableFuture().join();
        environment.close();
        awaitNoThreads();
    }

    static void awaitNoThreads() {
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("understudy-")));
    }

    @Test
    void an_interrupted_thread_commits_all_the_same_and_stays_interrupted() {
        try (Environment environment = open()) {
            Thread.currentThread().interrupt();
            names(environment).put("k", "v");
            assertThat(Thread.interrupted()).isTrue();
            names(environment).put("k", "w");
            assertThat(names(environment).get("k")).contains("w");
        }
    }
}
