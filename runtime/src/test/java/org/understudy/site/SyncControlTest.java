package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.Environment;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.JoinFailureException;
import org.understudy.SyncPhase;
import org.understudy.TransactionOptions;
import org.understudy.UnavailableException;
import org.understudy.UndoneTransaction;
import org.understudy.event.JoinFailure;
import org.understudy.event.RolledBack;
import org.understudy.event.StartupDone;
import org.understudy.event.WouldRollback;

/** What a client does with its data only when its application agrees, for real (docs/protocol.md §5). */
@Timeout(120)
class SyncControlTest {
    private static final TransactionOptions UNACKNOWLEDGED = TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.NONE);

    @TempDir
    Path folder;

    private TestGroup group(UnaryOperator<EnvironmentConfigBuilder> first) {
        TestGroup[] made = new TestGroup[1];
        made[0] = new TestGroup(
                folder,
                3,
                builder -> made[0] != null && builder.build().localSite().equals(java.util.Optional.of(made[0].name(0)))
                        ? first.apply(builder)
                        : builder);
        return made[0];
    }

    /** The first site, alone, commits what nobody else has; the others then go on without it. */
    private static void leaveATail(TestGroup group) {
        group.startAll();
        group.master();
        if (group.indexOf(group.master()) != 0) {
            group.master().transferMastership(group.name(0));
        }
        names(group.site(0)).put("kept", "by all");
        group.close(1);
        group.close(2);
        group.site(0).write(UNACKNOWLEDGED, txn -> names(group.site(0)).put(txn, "lost", "one"));
        group.site(0).write(UNACKNOWLEDGED, txn -> names(group.site(0)).put(txn, "kept", "by none"));
        group.close(0);
        CompletableFuture<Void> other = group.open(1).startAsync().toCompletableFuture();
        group.start(2);
        other.join();
        names(group.master()).put("new", "since");
    }

    @Test
    void S52_a_former_master_undoes_nothing_before_its_application_agrees() {
        try (TestGroup group = group(builder -> builder.autoRollback(false))) {
            leaveATail(group);
            Environment old = group.open(0);
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(old::start)
                    .withMessageContaining("allowRollback()");
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(group.events(0, WouldRollback.class))
                    .hasSize(1));
            assertThat(TestGroup.content(old)).containsEntry("lost", "one").containsEntry("kept", "by none");
            assertThat(TestGroup.fresh(old).local().phase()).isEqualTo(SyncPhase.WAIT);
            assertThat(TestGroup.fresh(old).local().reason().orElseThrow()).contains("auto-rollback");
            old.allowRollback();
            assertThat(group.converged()).containsExactlyInAnyOrderEntriesOf(Map.of("kept", "by all", "new", "since"));
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(group.events(0, RolledBack.class))
                    .anySatisfy(event -> assertThat(event.tokens()).hasSize(2)));
            try (Stream<UndoneTransaction> undone = old.rolledBack()) {
                assertThat(undone)
                        .extracting(UndoneTransaction::token)
                        .containsExactlyElementsOf(group.events(0, RolledBack.class).stream()
                                .flatMap(event -> event.tokens().stream())
                                .toList());
            }
        }
    }

    @Test
    void S55_a_delayed_client_shows_what_it_holds_until_it_is_told_to_synchronize() {
        try (TestGroup group = group(builder -> builder.delayClientSync(true))) {
            group.startAll();
            names(group.master()).put("a", "old");
            group.converged();
            group.close(0);
            names(group.master()).put("a", "new");
            Environment delayed = group.start(0);
            assertThat(TestGroup.fresh(delayed).local().phase()).isEqualTo(SyncPhase.WAIT);
            assertThat(TestGroup.fresh(delayed).local().ready()).isFalse();
            group.client();
            Environment other = group.running().stream()
                    .filter(site -> site != delayed && site != group.master())
                    .findFirst()
                    .orElseThrow();
            group.master().transferMastership(group.name(group.indexOf(other)));
            names(group.master()).put("b", "newer");
            assertThat(TestGroup.content(delayed)).isEqualTo(Map.of("a", "old"));
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(() -> assertThat(delayed.master()).contains(group.name(group.indexOf(other))));
            delayed.synchronize();
            assertThat(group.converged()).isEqualTo(Map.of("a", "new", "b", "newer"));
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(group.events(0, StartupDone.class))
                    .isNotEmpty());
        }
    }

    @Test
    void S46_a_site_that_may_not_initialise_says_what_to_restore() {
        try (TestGroup group = new TestGroup(folder, 2, builder -> builder.autoInit(false)
                .set("segment-size", "64KiB")
                .set("log-retention", "0"))) {
            Environment creator = group.start(0);
            String value = "x".repeat(10_000);
            for (int i = 0; i < 40; i++) {
                names(creator).put("key" + i, value);
            }
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(creator.status().log().startLsn()).isGreaterThan(1));
            Environment fresh = group.open(1);
            assertThatExceptionOfType(JoinFailureException.class)
                    .isThrownBy(fresh::start)
                    .withMessageContaining("restore a backup");
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> !group.events(1, JoinFailure.class).isEmpty());
            assertThat(TestGroup.content(fresh)).isEmpty();
        }
    }
}
