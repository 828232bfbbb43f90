package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.Codecs;
import org.understudy.CommitToken;
import org.understudy.ConflictException;
import org.understudy.Consistency;
import org.understudy.Cursor;
import org.understudy.Database;
import org.understudy.Direction;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.KeyRange;
import org.understudy.SnapshotTooOldException;
import org.understudy.Transaction;
import org.understudy.TransactionClosedException;
import org.understudy.TransactionOptions;

/** Calls that name no transaction join the one that surrounds their thread. */
class SurroundingTransactionTest {
    @TempDir
    Path home;

    private final ThreadTransactions surroundings = new ThreadTransactions();
    private Environment environment;
    private Database<String, String> names;

    @BeforeEach
    void open() {
        environment = open(EnvironmentConfig.builder(home).build());
    }

    private Environment open(EnvironmentConfig config) {
        Environment opened = Environment.open(
                config.toBuilder().surroundingTransactions(surroundings).build());
        names = opened.database("names", Codecs.STRING, Codecs.STRING);
        return opened;
    }

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void its_writes_are_seen_inside_and_by_nobody_else_until_it_commits() throws Exception {
        surroundings.begin();
        assertThat(names.put("a", "1")).isEqualTo(CommitToken.NONE);
        names.putAll(Map.of("b", "2", "c", "3"));
        names.deleteAll(List.of("c"));
        assertThat(names.putIfAbsent("a", "other").changed()).isFalse();
        assertThat(names.delete("b").changed()).isTrue();
        environment.write(txn -> names.put(txn, "d", "4"));
        assertThat(names.get("a")).contains("1");
        assertThat(names.contains("b")).isFalse();
        assertThat(names.count()).isEqualTo(2);
        assertThat(environment.<Optional<String>>read(txn -> names.get(txn, "d")))
                .contains("4");
        assertThat(surroundings.<Long>outside(names::count)).isZero();

        CommitToken token = surroundings.commit();

        assertThat(token.isNone()).isFalse();
        assertThat(names.get("a")).contains("1");
        assertThat(names.get("d")).contains("4");
        assertThat(names.count()).isEqualTo(2);
        assertThat(environment.status().commits().committed()).isEqualTo(1);
    }

    @Test
    void nothing_is_left_of_it_once_it_is_rolled_back() {
        surroundings.begin();
        names.put("a", "1");
        assertThat(environment.<Boolean>writeResult(txn -> names.putIfAbsent(txn, "b", "2")))
                .isTrue();
        surroundings.rollback();
        assertThat(names.count()).isZero();
    }

    @Test
    void calls_that_do_not_wait_join_it_too() {
        surroundings.begin();
        assertThat(names.putAsync("a", "1")).isCompletedWithValue(CommitToken.NONE);
        assertThat(done(names.putIfAbsentAsync("a", "2")).changed()).isFalse();
        assertThat(done(environment.writeAsync(TransactionOptions.DEFAULT, txn -> names.put(txn, "b", "2"))))
                .isEqualTo(CommitToken.NONE);
        surroundings.rollback();
        assertThat(names.count()).isZero();
    }

    @Test
    void what_names_a_consistency_or_a_transaction_stands_for_itself() {
        surroundings.begin();
        names.put("a", "inside");
        assertThat(names.get("a", Consistency.LATEST)).isEmpty();
        assertThat(done(names.getAsync("a", Consistency.LOCAL))).isEmpty();
        assertThat(environment.<Long>read(Consistency.PERMANENT, names::count)).isZero();
        try (Transaction own = environment.begin()) {
            assertThat(names.contains(own, "a")).isFalse();
            names.put(own, "own", "kept");
            assertThat(own.commit().isNone()).isFalse();
        }
        surroundings.rollback();
        assertThat(names.get("own")).contains("kept");
        assertThat(names.count()).isEqualTo(1);
    }

    @Test
    void a_conflict_is_told_to_whoever_commits_it_and_the_function_has_run_once() throws Exception {
        names.put("counter", "0");
        surroundings.begin();
        environment.write(
                txn -> names.put(txn, "counter", names.get(txn, "counter").orElseThrow() + "1"));
        surroundings.outside(() -> names.put("counter", "other"));
        assertThatExceptionOfType(ConflictException.class).isThrownBy(surroundings::commit);
        assertThat(names.get("counter")).contains("other");
    }

    @Test
    void functions_neither_decide_it_nor_bring_options_of_their_own() {
        surroundings.begin();
        assertThatIllegalStateException()
                .isThrownBy(() -> environment.write(Transaction::commit))
                .withMessageContaining("is decided by whoever began it");
        assertThatIllegalStateException().isThrownBy(() -> environment.write(Transaction::rollback));
        assertThatIllegalStateException().isThrownBy(() -> environment.write(Transaction::close));
        assertThatIllegalStateException()
                .isThrownBy(() -> environment.write(
                        TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.ALL), txn -> names.put(txn, "a", "1")))
                .withMessageContaining("surrounding transaction");
        assertThatIllegalStateException()
                .isThrownBy(() -> environment.read(txn -> names.putIfAbsent(txn, "a", "1")))
                .withMessageContaining("reads only");
        surroundings.commit();
        assertThat(names.count()).isZero();
    }

    @Test
    void what_could_not_be_undone_with_it_is_refused() {
        names.put("a", "1");
        surroundings.begin();
        assertThatIllegalStateException().isThrownBy(names::truncate).withMessageContaining("call outside of that");
        assertThatIllegalStateException().isThrownBy(() -> environment.removeDatabase("names"));
        assertThatIllegalStateException().isThrownBy(() -> environment.renameDatabase("names", "others"));
        assertThat(names.truncateAsync()).isCompletedExceptionally();
        surroundings.commit();
        assertThat(names.get("a")).contains("1");
    }

    @Test
    void cursors_and_streams_end_with_it_and_so_does_every_later_call_in_it() {
        names.putAll(Map.of("a", "1", "b", "2"));
        surroundings.begin();
        Cursor<String, String> cursor = environment.read(txn -> names.cursor(txn, KeyRange.all(), Direction.FORWARDS));
        assertThat(cursor.next()).isTrue();
        Transaction kept = environment.read(txn -> txn);
        surroundings.leave().orElseThrow().rollback();
        assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(cursor::next);
        assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> names.get(kept, "a"));
        cursor.close();
    }

    @Test
    void another_thread_can_end_it_while_it_is_used() throws Exception {
        names.putAll(Map.of("a", "1", "b", "2"));
        for (int round = 0; round < 200; round++) {
            surroundings.begin();
            names.put("a", "never");
            CompletableFuture<Void> ending = CompletableFuture.runAsync(surroundings.transaction()::rollback);
            try {
                for (int call = 0; call < 100; call++) {
                    names.put("b", "never");
                    assertThat(names.get("a")).contains("never");
                }
            } catch (TransactionClosedException ended) {
                assertThat(ended).hasMessageContaining("rolled back already");
            }
            ending.join();
            surroundings.leave();
        }
        assertThat(names.get("a")).contains("1");
        assertThat(names.get("b")).contains("2");
    }

    @Test
    void it_has_the_age_that_every_transaction_may_have() {
        environment.close();
        environment = open(EnvironmentConfig.builder(home)
                .transactionMaxAge(Duration.ofMillis(100))
                .build());
        names.put("a", "1");
        surroundings.begin();
        assertThatExceptionOfType(SnapshotTooOldException.class).isThrownBy(() -> {
            while (true) {
                names.get("a");
            }
        });
        surroundings.rollback();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
