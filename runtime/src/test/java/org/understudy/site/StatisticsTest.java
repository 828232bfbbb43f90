package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.Environment;
import org.understudy.InsufficientAcksException;
import org.understudy.NotMasterException;
import org.understudy.Status;
import org.understudy.TransactionOptions;
import org.understudy.WonElection;

/** The counters of a status move when what they count happens, on real groups. */
class StatisticsTest {
    private static final int COMMITS = 20;

    private static final int MORE_THAN_IS_STREAMED = 100;
    private static final String LARGE = "v".repeat(10_000);

    @TempDir
    Path folder;

    @Test
    void records_and_messages_are_counted_on_both_ends() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment master = group.master();
            Environment client = group.client();
            Status before = client.status();
            long fromOthers = master.status().records().received();

            for (int i = 0; i < COMMITS; i++) {
                TestGroup.names(master).put("key" + i, "value");
            }
            group.converged();

            Status after = TestGroup.fresh(client);
            assertThat(after.records().received() - before.records().received()).isGreaterThanOrEqualTo(COMMITS);
            assertThat(after.records().transactionsReceived() - before.records().transactionsReceived())
                    .isGreaterThanOrEqualTo(COMMITS);
            assertThat(after.messages().received())
                    .isGreaterThan(before.messages().received());
            assertThat(after.messages().sent()).isGreaterThan(before.messages().sent());
            assertThat(TestGroup.fresh(master).records().received()).isEqualTo(fromOthers);
            assertThat(TestGroup.fresh(master).commits().committed()).isGreaterThanOrEqualTo(COMMITS);
            assertThat(after.participants()).isEqualTo(3);
            assertThat(after.views()).isZero();
        }
    }

    @Test
    void an_election_tells_how_it_was_won() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment first = group.master();
            Environment other = group.client();
            long changes = other.status().elections().masterChanges();

            group.close(group.indexOf(first));

            Environment second = group.master();
            WonElection won = TestGroup.fresh(second).elections().lastWon().orElseThrow();
            assertThat(won.generation()).isEqualTo(second.generation());
            assertThat(won.votes()).isGreaterThanOrEqualTo(won.votesNeeded()).isGreaterThanOrEqualTo(2);
            assertThat(won.votesNeeded()).isEqualTo(2);
            assertThat(won.durationMillis()).isBetween(0L, TestGroup.PATIENCE.toMillis());
            assertThat(TestGroup.fresh(second).elections().won()).isPositive();
            assertThat(TestGroup.fresh(other).elections().masterChanges()).isGreaterThan(changes);
        }
    }

    @Test
    void a_site_that_lacks_records_asks_for_them_and_another_serves_them() {
        try (TestGroup group = new TestGroup(folder, 3, config -> config.set("send-buffer", "64KiB"))) {
            group.startAll();
            int away = group.indexOf(group.client());
            group.close(away);
            for (int i = 0; i < MORE_THAN_IS_STREAMED; i++) {
                TestGroup.names(group.master()).put("key" + i, LARGE);
            }

            Environment back = group.start(away);

            group.converged();
            assertThat(TestGroup.fresh(back).records().rangesRequested()).isPositive();
            assertThat(group.running().stream()
                            .mapToLong(site -> TestGroup.fresh(site).transfer().rangesServed())
                            .sum())
                    .isPositive();
        }
    }

    @Test
    void what_fails_is_counted_too() {
        try (TestGroup group = new TestGroup(folder, 2, config -> config.set("quorum-loss-timeout", "20s"))) {
            group.startAll();
            Environment master = group.master();
            assertThatThrownBy(() -> TestGroup.names(group.client()).put("refused", "here"))
                    .isInstanceOf(NotMasterException.class);
            long broken = master.status().connections().broken();

            group.close(group.indexOf(group.client()));

            await().atMost(TestGroup.PATIENCE)
                    .until(() -> master.status().connections().broken() > broken);
            assertThatThrownBy(() -> master.write(
                            TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.ALL),
                            transaction -> TestGroup.names(master).put(transaction, "too", "few")))
                    .isInstanceOf(InsufficientAcksException.class);
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> master.status().commits().permFailed() == 1);
        }
    }
}
