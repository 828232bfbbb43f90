package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.BackupInfo;
import org.understudy.BranchDecision;
import org.understudy.BranchId;
import org.understudy.ConflictException;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.PreparedBranch;
import org.understudy.RecoverAs;
import org.understudy.Transaction;
import org.understudy.event.InitDone;

/** A promise goes wherever the data goes: with a checkpoint, when the log no longer has it, with a backup, to a view (§8.1). */
@Timeout(120)
class PreparedTransferTest {
    private static final BranchId BRANCH = BranchId.of(131_077, new byte[] {1, 2, 3}, new byte[] {4});

    @TempDir
    Path folder;

    private static void prepare(Environment environment) {
        try (Transaction transaction = environment.begin()) {
            names(environment).get(transaction, "a");
            names(environment).put(transaction, "b", "2");
            assertThat(transaction.prepare(BRANCH)).isTrue();
        }
    }

    private static void assertHeldAndDecided(Environment master) {
        for (String held : List.of("a", "b")) {
            assertThatThrownBy(() -> names(master).put(held, "9"))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining(BRANCH.toString());
        }
        master.decide(BRANCH, BranchDecision.COMMIT);
        assertThat(names(master).get("b")).contains("2");
        assertThat(master.prepared()).isEmpty();
        names(master).put("a", "9");
    }

    private static void trimThePromiseAway(Environment master) {
        long prepared = TestGroup.fresh(master).local().standing().lsn();
        while (master.status().log().startLsn() <= prepared) {
            names(master).put("c", "x".repeat(4000));
        }
    }

    @Test
    void a_site_made_from_a_checkpoint_holds_what_the_log_no_longer_has_when_it_becomes_master() {
        try (TestGroup group = new TestGroup(
                folder, 2, builder -> builder.segmentSizeBytes(64 << 10).logRetentionBytes(0))) {
            Environment master = group.start(0);
            names(master).put("c", "1");
            prepare(master);
            trimThePromiseAway(master);
            Environment next = group.start(1);
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(group.events(1, InitDone.class))
                    .hasSize(1));
            assertThat(next.prepared()).isEqualTo(master.prepared()).hasSize(1);
            master.transferMastership(group.name(1));
            assertHeldAndDecided(group.master());
        }
    }

    @Test
    void a_restored_backup_holds_what_was_prepared_when_it_was_made() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment master = group.start(0);
            prepare(master);
            BackupInfo backup = master.backup(folder.resolve("backup"));
            master.decide(BRANCH, BranchDecision.ROLL_BACK);
            group.close(0);
            EnvironmentConfig config = group.config(0)
                    .set("home", folder.resolve("restored").toString())
                    .build();
            Environment.restore(backup.directory(), config);
            Environment.recover(config, RecoverAs.GROUP_OF_ONE);
            try (Environment restored = Environment.open(config)) {
                restored.start();
                assertThat(restored.prepared()).extracting(PreparedBranch::id).containsExactly(BRANCH);
                assertHeldAndDecided(restored);
            }
        }
    }

    @Test
    void a_partial_view_tells_of_branches_in_databases_that_it_does_not_hold() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            Environment master = group.start(0);
            Environment view = group.open(1, builder -> builder.view(true).viewDatabases(List.of("others")));
            view.start();
            prepare(master);
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(view.prepared())
                    .isEqualTo(master.prepared())
                    .hasSize(1));
            master.decide(BRANCH, BranchDecision.COMMIT);
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(() -> assertThat(view.prepared()).isEmpty());
            assertThat(view.databaseNames()).isEmpty();
        }
    }
}
