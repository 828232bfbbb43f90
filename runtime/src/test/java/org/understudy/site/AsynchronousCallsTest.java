package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.CommitToken;
import org.understudy.Consistency;
import org.understudy.Environment;
import org.understudy.NotMasterException;
import org.understudy.Transaction;
import org.understudy.TransactionOptions;

/** The calls that do not wait, where they differ from those that do. */
@Timeout(120)
class AsynchronousCallsTest {
    @TempDir
    Path folder;

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void transactions_run_and_databases_change_without_waiting() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.startAll();
            Environment master = group.master();
            CommitToken token = done(master.writeAsync(
                    TransactionOptions.DEFAULT, txn -> TestGroup.names(master).put(txn, "k", "v")));
            try (Transaction txn = done(group.client()
                    .beginAsync(TransactionOptions.READ_ONLY.withConsistency(Consistency.atLeast(token))))) {
                assertThat(TestGroup.names(group.client()).get(txn, "k")).contains("v");
            }
            done(master.renameDatabaseAsync("names", "people"));
            assertThat(master.databaseNames()).containsExactly("people");
            assertThat(master.renameDatabaseAsync("names", "others"))
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withMessageContaining("there is none of the first name");
            done(master.removeDatabaseAsync("people"));
            assertThat(master.databaseNames()).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> master.renameDatabase("people", "others"));
        }
    }

    @Test
    void a_transaction_that_conflicts_runs_again_and_gives_the_result_of_the_run_that_committed() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment master = group.start(0);
            AtomicInteger runs = new AtomicInteger();
            int committed = done(
                    master.writeResultAsync(TransactionOptions.DEFAULT.withConsistency(Consistency.PERMANENT), txn -> {
                        TestGroup.names(master).get(txn, "k");
                        if (runs.incrementAndGet() == 1) {
                            TestGroup.names(master).put("k", "in the way");
                        }
                        TestGroup.names(master).put(txn, "k", "by run " + runs.get());
                        return runs.get();
                    }));
            assertThat(committed).isEqualTo(2);
            assertThat(TestGroup.names(master).get("k")).contains("by run 2");
        }
    }

    @Test
    void what_fails_fails_in_the_stage() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.startAll();
            Environment client = group.client();
            CompletionStage<CommitToken> refused = client.writeAsync(
                    TransactionOptions.DEFAULT, txn -> TestGroup.names(client).put(txn, "k", "v"));
            assertThat(refused)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withCauseInstanceOf(NotMasterException.class);
            CompletionStage<Integer> thrown = client.writeResultAsync(TransactionOptions.DEFAULT, txn -> {
                throw new IllegalStateException("as a test");
            });
            assertThat(thrown)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withMessageContaining("as a test");
        }
    }
}
