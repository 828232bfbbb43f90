package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.PATIENCE;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.Environment;
import org.understudy.InsufficientSitesException;
import org.understudy.TransactionOptions;

/** A commit that can't be replicated as asked is refused before anything is changed, where that is configured (protocol.md §3.1). */
class RefuseUnreplicatedTest {

    @TempDir
    Path folder;

    @Test
    void a_commit_for_all_is_refused_while_a_site_is_away_and_taken_when_it_is_back() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.set("refuse-unreplicated", "true"))) {
            group.start(0);
            group.start(1);
            group.start(2);
            Environment master = group.master();
            names(master).put("key", "old");
            int away = group.indexOf(group.client());
            group.close(away);
            TransactionOptions all = TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.ALL);
            await().atMost(PATIENCE).untilAsserted(() -> assertThatThrownBy(() -> put(master, all, "new"))
                    .isInstanceOfSatisfying(InsufficientSitesException.class, e -> assertThat(e.isRetriable())
                            .isTrue()));

            names(master).put("key", "by a quorum");
            long last = TestGroup.fresh(master).local().standing().lsn();
            assertThatThrownBy(() -> put(master, all, "refused")).isInstanceOf(InsufficientSitesException.class);
            assertThatThrownBy(() -> putStaged(master, all)).hasCauseInstanceOf(InsufficientSitesException.class);
            assertThat(names(master).get("key")).contains("by a quorum");
            assertThat(TestGroup.fresh(master).local().standing().lsn()).isEqualTo(last);

            group.start(away);
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> put(master, all, "by all"));
            assertThat(names(master).get("key")).contains("by all");
        }
    }

    private static void put(Environment master, TransactionOptions options, String value) {
        master.write(options, txn -> names(master).put(txn, "key", value));
    }

    private static void putStaged(Environment master, TransactionOptions options) throws CompletionException {
        var transaction = master.begin(options);
        names(master).put(transaction, "key", "refused");
        transaction.commitAsync().toCompletableFuture().join();
    }
}
