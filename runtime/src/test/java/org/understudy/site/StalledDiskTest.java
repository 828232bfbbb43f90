package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.Durability;
import org.understudy.Environment;
import org.understudy.LockoutException;
import org.understudy.OutcomeUnknownException;
import org.understudy.Role;
import org.understudy.SnapshotLostException;
import org.understudy.TransactionOptions;
import org.understudy.backend.BackendTransaction;
import org.understudy.backend.Write;

/** What a real site does while its disk stands still (docs/protocol.md §4.3, §5). */
@Timeout(120)
class StalledDiskTest {
    private static final TransactionOptions READ_ONLY = TransactionOptions.READ_ONLY;

    @TempDir
    Path folder;

    @Test
    void a_master_whose_force_does_not_end_steps_down_and_follows_once_it_has() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.durability(Durability.SYNC)
                        .set("disk-stall-timeout", "2s"));
                StallingSite stalling = new StallingSite(group.config(0).build())) {
            stalling.backend().start().toCompletableFuture().join();
            group.start(1);
            group.start(2);
            assertThat(stalling.backend().role().role()).isEqualTo(Role.MASTER);
            stalling.backend().commit(put("k", "before"));
            stalling.disk().stall(StallingDirectory.Work.FORCE);
            CompletableFuture<CommitToken> commit =
                    stalling.backend().commitStaged(put("k", "stalled")).toCompletableFuture();
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> group.running().stream().anyMatch(site -> site.role() == Role.MASTER));
            assertThat(stalling.backend().role().role()).isNotEqualTo(Role.MASTER);
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(commit::join)
                    .withCauseInstanceOf(OutcomeUnknownException.class);
            Environment master = group.master();
            names(master).put("since", "v");
            stalling.disk().release();
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(() -> assertThat(read(stalling, "since")).contains("v"));
            assertThat(read(stalling, "k")).isEqualTo(names(master).get("k"));
            assertThat(master.role()).isEqualTo(Role.MASTER);
        }
    }

    @Test
    void while_data_goes_back_reads_wait_or_are_refused_and_go_on_afterwards() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.set("quorum-loss-timeout", "30s"))) {
            leaveATail(group);
            try (StallingSite back = new StallingSite(
                    group.config(0).set("lockout-timeout", "20s").build())) {
                back.disk().stall(StallingDirectory.Work.TRUNCATE);
                assertThat(read(back, "k")).contains("by none");
                BackendTransaction open = back.backend().begin(READ_ONLY);
                open.get("names", bytes("k"));
                CompletableFuture<Void> start = back.backend().start().toCompletableFuture();
                await().atMost(TestGroup.PATIENCE).until(back.disk()::isEntered);
                CompletableFuture<Optional<String>> waiting = CompletableFuture.supplyAsync(() -> read(back, "k"));
                assertThatExceptionOfType(LockoutException.class)
                        .isThrownBy(() -> {
                            try (BackendTransaction impatient = back.backend().begin(READ_ONLY.withNoWait())) {
                                impatient.get("names", bytes("k"));
                            }
                        })
                        .withMessageContaining("no-wait");
                assertThat(waiting).isNotDone();
                back.disk().release();
                start.join();
                assertThat(waiting.join()).contains("by all");
                assertThatExceptionOfType(SnapshotLostException.class).isThrownBy(() -> open.get("names", bytes("k")));
            }
        }
    }

    @Test
    void a_lockout_that_lasts_longer_than_reads_wait_is_told_to_them() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.set("quorum-loss-timeout", "30s"))) {
            leaveATail(group);
            try (StallingSite back = new StallingSite(
                    group.config(0).set("lockout-timeout", "100ms").build())) {
                back.disk().stall(StallingDirectory.Work.TRUNCATE);
                CompletableFuture<Void> start = back.backend().start().toCompletableFuture();
                await().atMost(TestGroup.PATIENCE).until(back.disk()::isEntered);
                assertThatExceptionOfType(LockoutException.class)
                        .isThrownBy(() -> read(back, "k"))
                        .withMessageContaining("lockout-timeout");
                back.disk().release();
                start.join();
                assertThat(read(back, "k")).contains("by all");
            }
        }
    }

    /** Site 0 has written what the others, which go on without it, never got. */
    private static void leaveATail(TestGroup group) {
        group.start(0);
        group.start(1);
        group.start(2);
        names(group.site(0)).put("k", "by all");
        group.converged();
        group.close(1);
        group.close(2);
        TransactionOptions alone = TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.NONE);
        group.site(0).write(alone, txn -> names(group.site(0)).put(txn, "k", "by none"));
        group.close(0);
        CompletableFuture<Void> other = group.open(1).startAsync().toCompletableFuture();
        group.start(2);
        other.join();
        names(group.master()).put("new", "since");
    }

    private static Write put(String key, String value) {
        return new Write.Put("names", bytes(key), bytes(value));
    }

    private static Optional<String> read(StallingSite site, String key) {
        return site.backend().get("names", bytes(key)).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
