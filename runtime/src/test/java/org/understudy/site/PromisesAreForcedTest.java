package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.BranchDecision;
import org.understudy.BranchId;
import org.understudy.CommitToken;
import org.understudy.Durability;
import org.understudy.Environment;
import org.understudy.Transaction;
import org.understudy.TransactionOptions;
import org.understudy.backend.BackendTransaction;

/** What becomes of a branch survives a power cut, where ordinary commits need not (protocol.md §8.1). */
@Timeout(120)
class PromisesAreForcedTest {
    private static final BranchId BRANCH = BranchId.of(131_077, new byte[] {1, 2, 3}, new byte[] {4});

    @TempDir
    Path folder;

    private TestGroup group(int sites) {
        return new TestGroup(folder, sites, builder -> builder.durability(Durability.WRITE_NO_SYNC)
                .set("disk-stall-timeout", "10m"));
    }

    private static boolean prepare(Environment environment) {
        try (Transaction transaction = environment.begin()) {
            names(environment).put(transaction, "b", "promised");
            return transaction.prepare(BRANCH);
        }
    }

    @Test
    void a_client_acknowledges_a_promise_and_its_decision_once_they_are_forced() {
        try (TestGroup group = group(2)) {
            Environment master = group.start(0);
            try (StallingSite client = new StallingSite(group.config(1).build())) {
                client.backend().start().toCompletableFuture().join();
                client.disk().stall(StallingDirectory.Work.FORCE);
                names(master).put("a", "1");
                assertThat(client.disk().isEntered()).isFalse();

                CompletableFuture<Boolean> promise = CompletableFuture.supplyAsync(() -> prepare(master));
                await().atMost(TestGroup.PATIENCE).until(client.disk()::isEntered);
                assertThat(promise).isNotDone();
                client.disk().release();
                assertThat(promise.join()).isTrue();

                client.disk().stall(StallingDirectory.Work.FORCE);
                CompletableFuture<CommitToken> decision =
                        master.decideAsync(BRANCH, BranchDecision.COMMIT).toCompletableFuture();
                await().atMost(TestGroup.PATIENCE).until(client.disk()::isEntered);
                assertThat(decision).isNotDone();
                client.disk().release();
                decision.join();
                assertThat(names(master).get("b")).contains("promised");
            }
        }
    }

    @Test
    void a_master_makes_a_promise_once_it_is_forced_there_too() {
        try (TestGroup group = group(3);
                StallingSite master = new StallingSite(group.config(0).build())) {
            master.backend().start().toCompletableFuture().join();
            Environment client = group.start(1);
            group.start(2);
            master.disk().stall(StallingDirectory.Work.FORCE);
            CompletableFuture<Boolean> promise = CompletableFuture.supplyAsync(() -> {
                try (BackendTransaction transaction = master.backend().begin(TransactionOptions.DEFAULT)) {
                    transaction.put("names", bytes("b"), bytes("promised"));
                    return transaction.prepare(BRANCH);
                }
            });
            await().atMost(TestGroup.PATIENCE).until(() -> !client.prepared().isEmpty());
            long lsn = client.status().local().appliedLsn();
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> client.status().local().permanentLsn() >= lsn);
            assertThat(promise).isNotDone();
            master.disk().release();
            assertThat(promise.join()).isTrue();
            assertThat(master.backend().get("names", bytes("b"))).isEqualTo(Optional.empty());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
