package org.understudy.cdi.jta;

import static jakarta.transaction.Status.STATUS_COMMITTED;
import static jakarta.transaction.Status.STATUS_ROLLEDBACK;
import static jakarta.transaction.Status.STATUS_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.transaction.Synchronization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Codecs;
import org.understudy.CommitToken;
import org.understudy.ConflictException;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.OutcomeUnknownException;
import org.understudy.Place;
import org.understudy.Transaction;
import org.understudy.cdi.jta.HeuristicOutcome.JtaOutcome;

/** In whatever order the commit and the transaction manager's last word come, what ended unlike is told once. */
class EnlistmentTest {
    private static final CommitToken TOKEN = new CommitToken(new UUID(1, 2), 3, 4);

    @TempDir
    Path home;

    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final List<HeuristicOutcome> told = new ArrayList<>();
    private Environment environment;
    private Database<String, String> names;

    @BeforeEach
    void open() {
        environment = Environment.open(EnvironmentConfig.builder(home).build());
        names = environment.database("names", Codecs.STRING, Codecs.STRING);
    }

    @AfterEach
    void close() {
        environment.close();
    }

    private Enlistment enlist(Transaction transaction) {
        return new Enlistment("default", transaction, registry, Optional.empty(), told::add);
    }

    /** What a transaction manager does before it asks the resources to prepare. */
    private void complete(Enlistment enlistment) {
        enlistment.beforeCompletion();
        registry.synchronizations.forEach(Synchronization::beforeCompletion);
    }

    private Transaction writing() {
        Transaction transaction = environment.begin();
        names.put(transaction, "a", "1");
        return transaction;
    }

    @Test
    void what_ends_alike_is_not_told() {
        Enlistment committed = enlist(writing());
        complete(committed);
        committed.afterCompletion(STATUS_COMMITTED);
        assertThat(names.get("a")).contains("1");

        Transaction second = environment.begin();
        names.put(second, "a", "2");
        Enlistment rolledBack = enlist(second);
        rolledBack.afterCompletion(STATUS_ROLLEDBACK);
        assertThat(second.isOpen()).isFalse();
        assertThat(names.get("a")).contains("1");
        assertThat(told).isEmpty();
    }

    @Test
    void one_that_only_read_is_not_told_of_whatever_became_of_the_others() {
        Transaction transaction = environment.begin();
        names.get(transaction, "a");
        Enlistment enlistment = enlist(transaction);
        complete(enlistment);
        enlistment.afterCompletion(STATUS_ROLLEDBACK);
        assertThat(told).isEmpty();
    }

    @Test
    void a_time_out_before_the_commit_leaves_nothing_to_commit() {
        Enlistment enlistment = enlist(writing());
        enlistment.afterCompletion(STATUS_ROLLEDBACK);
        complete(enlistment);
        assertThat(names.get("a")).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void a_time_out_during_a_commit_that_succeeds_is_told_when_that_is_known() {
        CommittingTransaction transaction = new CommittingTransaction(() -> TOKEN);
        Enlistment enlistment = enlist(transaction);
        transaction.meanwhile = () -> {
            enlistment.afterCompletion(STATUS_ROLLEDBACK);
            assertThat(told).isEmpty();
        };
        complete(enlistment);
        assertThat(told)
                .containsExactly(
                        new HeuristicOutcome("default", Optional.of(TOKEN), JtaOutcome.ROLLED_BACK, Optional.empty()));
        assertThat(transaction.isRolledBack).as("rolled back under the commit").isFalse();
    }

    @Test
    void a_time_out_during_a_commit_that_left_no_record_is_nothing_to_tell() {
        CommittingTransaction transaction = new CommittingTransaction(() -> {
            throw new ConflictException(new Place("default", Optional.empty()), "somebody was faster");
        });
        Enlistment enlistment = enlist(transaction);
        transaction.meanwhile = () -> enlistment.afterCompletion(STATUS_ROLLEDBACK);
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> complete(enlistment));
        assertThat(told).isEmpty();
    }

    @Test
    void an_unknown_outcome_lets_the_others_go_on_and_is_told_with_its_token() {
        OutcomeUnknownException unknown =
                new OutcomeUnknownException(new Place("default", Optional.empty()), TOKEN, "mastership went");
        Enlistment enlistment = enlist(new CommittingTransaction(() -> {
            throw unknown;
        }));
        complete(enlistment);
        assertThat(told).isEmpty();
        enlistment.afterCompletion(STATUS_COMMITTED);
        assertThat(told)
                .containsExactly(new HeuristicOutcome(
                        "default", Optional.of(TOKEN), JtaOutcome.COMMITTED, Optional.of(unknown)));
    }

    @Test
    void an_error_in_the_commit_leaves_a_doubt_without_a_name() {
        Enlistment enlistment = enlist(new CommittingTransaction(() -> {
            throw new StackOverflowError("thrown by the test");
        }));
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> complete(enlistment));
        enlistment.afterCompletion(STATUS_ROLLEDBACK);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).token()).isEmpty();
        assertThat(told.get(0).toString()).contains("without a name", "may or may not last", "was rolled back");
    }

    @Test
    void what_stands_is_told_too_where_nobody_knows_what_became_of_the_others() {
        Enlistment enlistment = enlist(new CommittingTransaction(() -> TOKEN));
        complete(enlistment);
        enlistment.afterCompletion(STATUS_UNKNOWN);
        assertThat(told)
                .containsExactly(
                        new HeuristicOutcome("default", Optional.of(TOKEN), JtaOutcome.UNKNOWN, Optional.empty()));
    }

    @Test
    void an_exception_that_no_commit_is_known_to_end_with_leaves_a_doubt() {
        Enlistment enlistment = enlist(new CommittingTransaction(() -> {
            throw new CompletionException(new IllegalStateException("thrown by the test"));
        }));
        assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> complete(enlistment));
        enlistment.afterCompletion(STATUS_ROLLEDBACK);
        assertThat(told).singleElement().satisfies(outcome -> {
            assertThat(outcome.token()).isEmpty();
            assertThat(outcome.doubt()).containsInstanceOf(CompletionException.class);
        });
    }

    @Test
    void it_commits_behind_those_that_registered_later() {
        List<String> order = new ArrayList<>();
        Transaction transaction = new CommittingTransaction(() -> {
            order.add("ours");
            return TOKEN;
        });
        Enlistment enlistment = enlist(transaction);
        enlistment.beforeCompletion();
        order.add("another's");
        registry.synchronizations.forEach(Synchronization::beforeCompletion);
        assertThat(order).containsExactly("another's", "ours");
        registry.synchronizations.forEach(each -> each.afterCompletion(STATUS_COMMITTED));
        enlistment.afterCompletion(STATUS_COMMITTED);
        assertThat(told).isEmpty();
    }

    @Test
    void a_transaction_manager_that_forgets_it_is_no_reason_to_keep_silent() {
        Enlistment enlistment = enlist(writing());
        enlistment.beforeCompletion();
        enlistment.afterCompletion(STATUS_COMMITTED);
        assertThat(names.get("a")).isEmpty();
        assertThat(told).singleElement().satisfies(outcome -> assertThat(outcome.toString())
                .contains("never asked this part to: nothing was written here", "was committed"));
    }

    @Test
    void what_whoever_is_told_throws_changes_nothing() {
        CommittingTransaction transaction = new CommittingTransaction(() -> TOKEN);
        Enlistment enlistment = new Enlistment("default", transaction, registry, Optional.empty(), outcome -> {
            told.add(outcome);
            throw new IllegalStateException("thrown by the test");
        });
        transaction.meanwhile = () -> enlistment.afterCompletion(STATUS_ROLLEDBACK);
        assertThatIllegalStateException().isThrownBy(() -> complete(enlistment));
        assertThat(told)
                .containsExactly(
                        new HeuristicOutcome("default", Optional.of(TOKEN), JtaOutcome.ROLLED_BACK, Optional.empty()));
    }
}
