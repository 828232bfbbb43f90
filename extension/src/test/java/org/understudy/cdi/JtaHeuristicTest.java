package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.arjuna.ats.jta.cdi.TransactionExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.CommitToken;
import org.understudy.ConflictException;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.InsufficientAcksException;
import org.understudy.Outcome;
import org.understudy.Role;
import org.understudy.cdi.jta.HeuristicOutcome;
import org.understudy.cdi.jta.HeuristicOutcome.JtaOutcome;
import org.understudy.cdi.jta.HeuristicOutcomeException;

/** What a JTA transaction's caller hears when it did not certainly end alike everywhere. */
class JtaHeuristicTest {

    @ApplicationScoped
    static class Listener {
        private final Queue<HeuristicOutcome> heard = new ConcurrentLinkedQueue<>();

        void onOutcome(@ObservesAsync @EnvironmentName("default") HeuristicOutcome outcome) {
            heard.add(outcome);
        }

        List<HeuristicOutcome> heard() {
            return List.copyOf(heard);
        }
    }

    /** Writes to another environment in the same transaction. */
    @Singleton
    static class Other {
        @Inject
        @EnvironmentName("other")
        @DatabaseName("entries")
        Database<String, String> entries;
    }

    @TempDir
    Path folder;

    private Application.Started start(List<String> more, Class<?>... beans) {
        List<String> properties = new ArrayList<>(
                List.of("understudy.home", folder.resolve("home").toString()));
        properties.addAll(more);
        List<Class<?>> classes = new ArrayList<>(List.of(Ledger.class, SqlTable.class, Listener.class));
        classes.addAll(List.of(beans));
        return Application.start(List.of(new TransactionExtension()), properties, classes.toArray(Class<?>[]::new));
    }

    private static HeuristicOutcome heard(Application.Started application) {
        Listener listener = application.get(Listener.class);
        await().until(() -> !listener.heard().isEmpty());
        assertThat(listener.heard()).hasSize(1);
        return listener.heard().get(0);
    }

    @Test
    void a_commit_that_too_few_sites_acknowledged_stands_with_the_others_and_its_token_is_told() throws Exception {
        int here = Ports.free();
        int there = Ports.free();
        List<String> properties = List.of(
                "understudy.local-site", "localhost:" + here,
                "understudy.group-creator", "true",
                "understudy.two-site-strict", "false",
                "understudy.ack-policy", "ALL");
        try (Application.Started application = start(properties)) {
            Ledger ledger = application.get(Ledger.class);
            await().until(() -> ledger.environment().role() == Role.MASTER);
            try (Environment partner = Environment.open(EnvironmentConfig.builder(folder.resolve("partner"))
                    .localSite("localhost:" + there)
                    .bootstrapHelpers(List.of("localhost:" + here))
                    .twoSiteStrict(false)
                    .build())) {
                partner.start();
            }

            HeuristicOutcomeException told = catchThrowableOfType(
                    HeuristicOutcomeException.class,
                    () -> ledger.inOne(() -> {
                        ledger.enter("a", "1");
                        return null;
                    }));

            assertThat(told).hasCauseInstanceOf(InsufficientAcksException.class);
            assertThat(told.outcomes()).hasSize(1);
            HeuristicOutcome outcome = told.outcomes().get(0);
            CommitToken token = outcome.token().orElseThrow();
            assertThat(outcome.transaction()).isEqualTo(JtaOutcome.COMMITTED);
            assertThat(((InsufficientAcksException) told.getCause()).token()).isEqualTo(token);
            assertThat(told).hasMessageContaining(token.toString()).hasMessageContaining("was committed");
            assertThat(ledger.environment().outcome(token)).isEqualTo(Outcome.APPLIED);
            assertThat(ledger.content()).isEqualTo(Map.of("a", "1"));
            assertThat(application.get(SqlTable.class).content()).isEqualTo(Map.of("a", "1"));
            assertThat(heard(application)).isEqualTo(outcome);
        }
    }

    @Test
    void a_commit_that_another_resource_refused_to_follow_is_told_with_its_token() throws Exception {
        try (Application.Started application = start(List.of())) {
            Ledger ledger = application.get(Ledger.class);
            TransactionManager manager = application.get(TransactionManager.class);

            HeuristicOutcomeException told = catchThrowableOfType(
                    HeuristicOutcomeException.class,
                    () -> ledger.inOne(() -> {
                        ledger.enter("a", "1");
                        return manager.getTransaction().enlistResource(new RefusingResource());
                    }));

            assertThat(told.getSuppressed()).hasAtLeastOneElementOfType(RollbackException.class);
            HeuristicOutcome outcome = told.outcomes().get(0);
            assertThat(outcome.transaction()).isEqualTo(JtaOutcome.ROLLED_BACK);
            assertThat(outcome.doubt()).isEmpty();
            assertThat(ledger.environment().outcome(outcome.token().orElseThrow()))
                    .isEqualTo(Outcome.PERMANENT);
            assertThat(ledger.content()).isEqualTo(Map.of("a", "1"));
            assertThat(application.get(SqlTable.class).content()).isEmpty();
            assertThat(heard(application)).isEqualTo(outcome);
        }
    }

    @Test
    void whoever_commits_by_hand_hears_it_by_the_event_alone() throws Exception {
        try (Application.Started application = start(List.of())) {
            Ledger ledger = application.get(Ledger.class);
            TransactionManager manager = application.get(TransactionManager.class);
            manager.begin();
            ledger.enter("a", "1");
            manager.getTransaction().enlistResource(new RefusingResource());
            assertThat(catchThrowableOfType(RollbackException.class, manager::commit))
                    .isNotNull();
            assertThat(heard(application).transaction()).isEqualTo(JtaOutcome.ROLLED_BACK);
        }
    }

    @Test
    void two_environments_commit_one_after_the_other_and_the_first_is_told_when_the_second_refuses() throws Exception {
        List<String> properties = List.of(
                "understudy.environments",
                "other",
                "understudy.environment.other.home",
                folder.resolve("other").toString());
        try (Application.Started application = start(properties, Other.class)) {
            Ledger ledger = application.get(Ledger.class);
            Other other = application.get(Other.class);

            HeuristicOutcomeException told = catchThrowableOfType(
                    HeuristicOutcomeException.class,
                    () -> ledger.inOne(() -> {
                        ledger.entries().put("a", "1");
                        other.entries.putIfAbsent("a", "1");
                        return ledger.inNone(() -> other.entries.put("a", "before"));
                    }));

            assertThat(told.getSuppressed()).hasAtLeastOneElementOfType(ConflictException.class);
            assertThat(told.outcomes()).hasSize(1);
            assertThat(told.outcomes().get(0).environment()).isEqualTo("default");
            assertThat(ledger.content()).isEqualTo(Map.of("a", "1"));
            assertThat(other.entries.get("a")).contains("before");
        }
    }
}
