package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.understudy.site.TestGroup.PATIENCE;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.CommitUnknownException;
import org.understudy.Consistency;
import org.understudy.ConsistencyTimeoutException;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.Outcome;
import org.understudy.Role;
import org.understudy.Transaction;
import org.understudy.TransactionOptions;

/** Every consistency, and every outcome of a commit, on real groups (protocol.md §7, §3.1). */
class ReadingTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private TestGroup threeSites() {
        TestGroup group = new TestGroup(
                folder, 3, builder -> builder.set("read-timeout", "20s").set("quorum-loss-timeout", "20s"));
        group.start(0);
        group.start(1);
        group.start(2);
        return group;
    }

    private static String read(Environment site, Consistency consistency, String key) {
        return names(site).get(key, consistency).orElse("");
    }

    @Test
    void a_read_that_names_no_consistency_keeps_the_configured_ones_word() {
        try (TestGroup group = new TestGroup(
                folder, 2, builder -> builder.consistency(Consistency.LATEST).readTimeout(SHORT))) {
            group.startAll();
            Environment master = group.master();
            names(master).put("key", "value");
            group.close(1 - group.indexOf(master));
            assertThat(names(master).get("key", Consistency.LOCAL)).contains("value");
            List<ThrowingCallable> reads = List.of(
                    () -> names(master).get("key"),
                    () -> names(master).contains("key"),
                    () -> names(master).count(),
                    () -> master.read(txn -> names(master).get(txn, "key")));
            assertThat(reads)
                    .allSatisfy(read -> assertThatThrownBy(read).isInstanceOf(ConsistencyTimeoutException.class));
        }
    }

    @Test
    void every_consistency_reads_on_every_site() {
        try (TestGroup group = threeSites()) {
            Environment master = group.master();
            for (int i = 0; i < 20; i++) {
                CommitToken token = names(master).put("key", "value" + i);
                for (Environment site : group.running()) {
                    assertThat(read(site, Consistency.LATEST, "key")).isEqualTo("value" + i);
                    assertThat(read(site, Consistency.atLeast(token), "key")).isEqualTo("value" + i);
                }
            }
            for (Environment site : group.running()) {
                assertThat(read(site, Consistency.PERMANENT, "key")).isEqualTo("value19");
                assertThat(read(site, Consistency.within(Duration.ofSeconds(5)), "key"))
                        .isNotEmpty();
                assertThat(read(site, Consistency.within(Duration.ofMillis(200)), "key"))
                        .isEqualTo("value19");
                assertThat(names(site)
                                .getAsync("key", Consistency.LATEST)
                                .toCompletableFuture()
                                .join())
                        .isEqualTo(Optional.of("value19"));
            }
        }
    }

    @Test
    void a_site_reads_what_was_just_committed_elsewhere_without_waiting_for_acknowledgements() {
        try (TestGroup group = threeSites()) {
            Environment master = group.master();
            Environment client = group.client();
            for (int i = 0; i < 50; i++) {
                String value = "value" + i;
                CommitToken token =
                        master.write(TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.NONE), txn -> names(master)
                                .put(txn, "key", value));
                try (Transaction txn =
                        client.begin(TransactionOptions.READ_ONLY.withConsistency(Consistency.atLeast(token)))) {
                    assertThat(names(client).get(txn, "key")).contains(value);
                }
            }
        }
    }

    @Test
    void without_a_majority_nothing_is_LATEST_and_nothing_new_PERMANENT() {
        try (TestGroup group = threeSites()) {
            Environment master = group.master();
            names(master).put("key", "old");
            int staying = group.indexOf(master);
            List.of(0, 1, 2).stream().filter(site -> site != staying).forEach(group::close);
            CommitToken unpermanent =
                    master.write(TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.NONE), txn -> names(master)
                            .put(txn, "key", "new"));

            assertThat(names(master).get("key")).contains("new");
            assertThat(master.outcome(unpermanent)).isEqualTo(Outcome.APPLIED);
            for (Consistency consistency :
                    List.of(Consistency.LATEST, Consistency.PERMANENT, Consistency.within(Duration.ofMillis(10)))) {
                TransactionOptions options = TransactionOptions.READ_ONLY
                        .withConsistency(consistency)
                        .withReadTimeout(SHORT);
                assertThatThrownBy(() -> master.begin(options))
                        .isInstanceOfSatisfying(ConsistencyTimeoutException.class, e -> assertThat(e.isRetriable())
                                .isTrue());
            }
        }
    }

    @Test
    void S73_a_token_is_not_there_yet_or_unknown_or_of_another_group() {
        try (TestGroup group = threeSites()) {
            Environment site = group.client();
            CommitToken known = names(group.master()).put("key", "value");
            CommitToken later = new CommitToken(known.group(), known.generation(), known.lsn() + 1000);
            CommitToken never = new CommitToken(known.group(), known.generation() + 5, known.lsn());
            CommitToken foreign = new CommitToken(UUID.randomUUID(), 1, 1);

            assertThatThrownBy(() -> begin(site, later)).isInstanceOf(ConsistencyTimeoutException.class);
            assertThatThrownBy(() -> begin(site, never)).isInstanceOf(CommitUnknownException.class);
            assertThatThrownBy(() -> begin(site, foreign)).isInstanceOf(IllegalArgumentException.class);
            String asksNothing = site.read(Consistency.atLeast(CommitToken.NONE), txn -> "read");
            assertThat(asksNothing).isEqualTo("read");
            assertThat(site.outcome(later)).isEqualTo(Outcome.UNKNOWN);
            assertThatThrownBy(() -> site.outcome(foreign)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> site.outcome(CommitToken.NONE)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void begin(Environment site, CommitToken token) {
        site.begin(TransactionOptions.READ_ONLY
                        .withConsistency(Consistency.atLeast(token))
                        .withReadTimeout(SHORT))
                .close();
    }

    @Test
    void an_outcome_survives_changes_of_master_and_restarts() {
        try (TestGroup group = threeSites()) {
            CommitToken token = names(group.master()).put("key", "value");
            Environment first = group.master();
            group.client()
                    .transferMastership(group.client().config().localSite().orElseThrow());
            assertThat(group.master()).isNotSameAs(first);
            for (Environment site : group.running()) {
                assertThat(site.awaitOutcome(token, PATIENCE)).isEqualTo(Outcome.PERMANENT);
            }
            group.stopAll();
            group.startAll();
            for (Environment site : group.running()) {
                assertThat(site.awaitOutcome(token, PATIENCE)).isEqualTo(Outcome.PERMANENT);
                assertThat(read(site, Consistency.atLeast(token), "key")).isEqualTo("value");
            }
        }
    }

    @Test
    void an_environment_of_its_own_keeps_every_word_at_once() {
        EnvironmentConfig config =
                EnvironmentConfig.builder(folder.resolve("alone")).build();
        try (Environment alone = Environment.open(config)) {
            CommitToken token = names(alone).put("key", "value");
            assertThat(alone.role()).isEqualTo(Role.MASTER);
            for (Consistency consistency : List.of(
                    Consistency.LATEST,
                    Consistency.PERMANENT,
                    Consistency.atLeast(token),
                    Consistency.within(Duration.ofMillis(1)))) {
                assertThat(read(alone, consistency, "key")).isEqualTo("value");
            }
            assertThat(alone.outcome(token)).isEqualTo(Outcome.PERMANENT);
            assertThat(alone.outcome(new CommitToken(token.group(), 0, token.lsn() + 1)))
                    .isEqualTo(Outcome.UNKNOWN);
        }
    }
}
