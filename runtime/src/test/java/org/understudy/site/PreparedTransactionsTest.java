package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.BranchDecision;
import org.understudy.BranchException;
import org.understudy.BranchId;
import org.understudy.BranchState;
import org.understudy.CommitToken;
import org.understudy.ConflictException;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.InsufficientAcksException;
import org.understudy.NotMasterException;
import org.understudy.Outcome;
import org.understudy.Transaction;
import org.understudy.UnavailableException;

/** Prepared transactions at real sites: they outlive processes and masters, and are decided wherever the master is (§8.1). */
@Timeout(120)
class PreparedTransactionsTest {
    private static final BranchId BRANCH = BranchId.of(131_077, new byte[] {1, 2, 3}, new byte[] {4});

    @TempDir
    Path folder;

    private static boolean prepare(Environment environment, BranchId branch, String value) {
        try (Transaction transaction = environment.begin()) {
            names(environment).get(transaction, "a");
            names(environment).put(transaction, "b", value);
            return transaction.prepare(branch);
        }
    }

    private static void assertPrepared(Environment environment) {
        await().atMost(TestGroup.PATIENCE)
                .untilAsserted(
                        () -> assertThat(environment.prepared()).singleElement().satisfies(branch -> {
                            assertThat(branch.id()).isEqualTo(BRANCH);
                            assertThat(branch.state()).isEqualTo(BranchState.PREPARED);
                        }));
    }

    private static BranchState refused(Environment environment, BranchDecision decision) {
        try {
            environment.decide(BRANCH, decision);
        } catch (BranchException e) {
            return e.state();
        }
        throw new AssertionError("not refused");
    }

    @Test
    void prepared_transactions_survive_a_change_of_master_and_are_decided_by_the_next_one() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.ackPolicy(AckPolicy.NONE))) {
            group.start(0);
            group.start(1);
            group.start(2);
            Environment first = group.site(0);
            names(first).put("a", "1");
            assertThat(prepare(first, BRANCH, "2")).isTrue();
            assertPrepared(group.site(2));
            assertThatThrownBy(() -> group.site(1).decide(BRANCH, BranchDecision.COMMIT))
                    .isInstanceOf(NotMasterException.class);
            group.close(0);

            Environment next = group.master();
            assertThatThrownBy(() -> names(next).put("a", "9"))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining(BRANCH.toString());
            assertThat(names(next).get("b")).isEmpty();
            CommitToken token = next.decide(BRANCH, BranchDecision.COMMIT);
            assertThat(names(next).get("b")).contains("2");
            assertThat(next.decide(BRANCH, BranchDecision.COMMIT)).isEqualTo(token);
            names(next).put("a", "9");

            Environment returned = group.start(0);
            assertThat(group.converged()).containsEntry("b", "2").containsEntry("a", "9");
            assertThat(returned.prepared()).isEmpty();
            long lsn = next.status().local().permanentLsn();
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> returned.status().local().appliedLsn() >= lsn);
            assertThat(next.digest(lsn).differencesFrom(returned.digest(lsn))).isEmpty();
        }
    }

    @Test
    void promises_and_decisions_wait_for_a_majority_whatever_the_policy() {
        try (TestGroup group = new TestGroup(
                folder, 3, builder -> builder.ackPolicy(AckPolicy.NONE).set("quorum-loss-timeout", "1m"))) {
            group.start(0);
            group.start(1);
            group.start(2);
            Environment master = group.site(0);
            group.close(1);
            group.close(2);
            names(master).put("c", "1");
            assertThatThrownBy(() -> prepare(master, BRANCH, "2"))
                    .isInstanceOfSatisfying(InsufficientAcksException.class, e -> assertThat(e.policy())
                            .isEqualTo(AckPolicy.QUORUM));
            assertPrepared(master);
            assertThatThrownBy(() -> master.decide(BRANCH, BranchDecision.COMMIT))
                    .isInstanceOf(InsufficientAcksException.class);
            group.start(1);
            await().atMost(TestGroup.PATIENCE)
                    .until(() ->
                            master.status().site(group.name(1)).orElseThrow().streaming());
            CommitToken confirmed = master.decide(BRANCH, BranchDecision.COMMIT);
            assertThat(master.outcome(confirmed)).isEqualTo(Outcome.PERMANENT);
            assertThat(names(master).get("b")).contains("2");
        }
    }

    /** It may have been followed by one that was promised what it doesn't know: nothing of that may be forgotten. */
    @Test
    void a_decision_is_refused_only_by_who_can_prove_that_it_is_master() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.forwardWrites(true)
                .set("read-timeout", "500ms")
                .set("quorum-loss-timeout", "1m"))) {
            group.start(0);
            group.start(1);
            group.start(2);
            awaitRefusedAsUnknown(group.site(0));
            awaitRefusedAsUnknown(group.site(1));
            Environment master = group.site(0);
            group.close(1);
            group.close(2);
            assertThatThrownBy(() -> master.decide(BRANCH, BranchDecision.COMMIT))
                    .isInstanceOfSatisfying(UnavailableException.class, e -> assertThat(e.isRetriable())
                            .isTrue());
            assertThatThrownBy(() -> Commits.await(master.decideAsync(BRANCH, BranchDecision.COMMIT)))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("still master");
            group.start(1);
            awaitRefusedAsUnknown(master);
        }
    }

    /** The time to read in may be too short for a majority to answer in. */
    private static void awaitRefusedAsUnknown(Environment environment) {
        await().atMost(TestGroup.PATIENCE)
                .ignoreException(UnavailableException.class)
                .until(() -> refused(environment, BranchDecision.COMMIT) == BranchState.UNKNOWN);
    }

    @Test
    void a_client_prepares_and_decides_at_the_master_where_writes_are_forwarded() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.forwardWrites(true))) {
            group.start(0);
            group.start(1);
            group.start(2);
            Environment client = group.site(1);
            assertThat(prepare(client, BRANCH, "2")).isTrue();
            assertPrepared(client);
            assertThat(client.prepared().get(0).site()).isEqualTo(group.name(1));
            assertThatThrownBy(() -> names(group.site(2)).put("b", "9")).isInstanceOf(ConflictException.class);
            assertThatThrownBy(() -> prepare(group.site(2), BRANCH, "3"))
                    .isInstanceOfAny(BranchException.class, ConflictException.class);
            client.decide(BRANCH, BranchDecision.COMMIT);
            assertThat(names(client).get("b")).contains("2");
            assertThat(refused(client, BranchDecision.ROLL_BACK)).isEqualTo(BranchState.COMMITTED);
            assertThat(refused(client, BranchDecision.FORGET)).isEqualTo(BranchState.COMMITTED);
        }
    }

    @Test
    void an_administrators_word_is_kept_until_it_is_forgotten_and_the_status_tells_what_waits() {
        EnvironmentConfig config =
                EnvironmentConfig.builder(folder).name("alone").build();
        try (Environment environment = Environment.open(config)) {
            assertThat(prepare(environment, BRANCH, "2")).isTrue();
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(environment.status().prepared()).satisfies(prepared -> {
                                assertThat(prepared.undecided()).isEqualTo(1);
                                assertThat(prepared.oldest())
                                        .contains(environment.prepared().get(0).preparedAt());
                            }));
        }
        try (Environment environment = Environment.open(config)) {
            assertPrepared(environment);
            environment.decide(BRANCH, BranchDecision.ROLL_BACK_BY_HAND);
            assertThat(names(environment).get("b")).isEmpty();
            assertThat(refused(environment, BranchDecision.COMMIT)).isEqualTo(BranchState.ROLLED_BACK_BY_HAND);
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(environment.status().prepared().byHand()).isEqualTo(1));
            environment.decide(BRANCH, BranchDecision.FORGET);
            assertThat(environment.prepared()).isEmpty();
            assertThat(environment.databaseNames()).isEmpty();
        }
    }

    @Test
    void what_wrote_nothing_has_nothing_to_promise() {
        try (Environment environment =
                        Environment.open(EnvironmentConfig.builder(folder).build());
                Transaction transaction = environment.begin()) {
            names(environment).get(transaction, "a");
            assertThat(transaction.prepare(BRANCH)).isFalse();
            assertThat(transaction.isOpen()).isFalse();
            assertThat(environment.prepared()).isEmpty();
        }
    }

    @Test
    void a_subordinate_prepares_and_decides_as_the_process_that_has_the_home_does() {
        EnvironmentConfig config =
                EnvironmentConfig.builder(folder).name("shared").build();
        try (Environment home = Environment.open(config);
                Environment other = Environment.open(config)) {
            assertThat(prepare(other, BRANCH, "2")).isTrue();
            assertThat(home.prepared()).isEqualTo(other.prepared()).hasSize(1);
            assertThatThrownBy(() -> names(home).put("b", "9")).isInstanceOf(ConflictException.class);
            other.decide(BRANCH, BranchDecision.COMMIT);
            assertThat(names(home).get("b")).contains("2");
            assertThat(refused(other, BranchDecision.ROLL_BACK)).isEqualTo(BranchState.COMMITTED);
        }
    }
}
