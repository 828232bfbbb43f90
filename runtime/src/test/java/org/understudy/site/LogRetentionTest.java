package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.Environment;
import org.understudy.InsufficientSitesException;
import org.understudy.event.InitDone;
import org.understudy.event.LogFilling;
import org.understudy.event.LogFilling.Stage;
import org.understudy.event.SiteFallingBehind;

/** How much log is kept for a site that is away (docs/protocol.md §3.3). */
class LogRetentionTest {
    private static final int SEGMENT_BYTES = 64 << 10;

    @TempDir
    private Path folder;

    @Test
    void S58_the_log_is_kept_for_a_site_that_is_away_until_it_is_too_much_and_that_is_told_before() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.segmentSizeBytes(SEGMENT_BYTES)
                .logRetentionBytes(0)
                .logRetentionMaxBytes(1 << 20))) {
            group.startAll();
            group.converged();
            int away = group.indexOf(group.client());
            String name = group.name(away);
            group.close(away);
            Environment master = group.master();
            int index = group.indexOf(master);
            while (group.events(index, SiteFallingBehind.class).isEmpty()) {
                names(master).put("k", "v".repeat(4000));
                assertThat(TestGroup.fresh(master).log().startLsn()).isEqualTo(1);
            }
            assertThat(TestGroup.fresh(master).log().bytes()).isGreaterThan(3 << 18);
            assertThat(TestGroup.fresh(master).log().fallingBehind()).containsExactly(name);
            while (master.status().log().startLsn() == 1) {
                names(master).put("k", "v".repeat(4000));
            }
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> master.status().log().fallingBehind().isEmpty());
            group.start(away);
            group.converged();
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(group.events(away, InitDone.class))
                    .hasSize(1));
        }
    }

    @Test
    void a_site_that_is_back_in_time_catches_up_by_log() {
        try (TestGroup group = new TestGroup(
                folder, 3, builder -> builder.segmentSizeBytes(SEGMENT_BYTES).logRetentionBytes(0))) {
            group.startAll();
            group.converged();
            int away = group.indexOf(group.client());
            group.close(away);
            Environment master = group.master();
            for (int i = 0; i < 100; i++) {
                names(master).put("k", "v".repeat(4000));
            }
            group.start(away);
            group.converged();
            assertThat(group.events(away, InitDone.class)).isEmpty();
            // Now everybody has everything, and the log goes.
            await().atMost(TestGroup.PATIENCE).until(() -> group.running().stream()
                    .allMatch(site -> site.status().log().segments() == 1));
        }
    }

    @Test
    void what_no_majority_stores_never_outgrows_the_log_and_commits_go_on_once_one_does() {
        try (TestGroup group = new TestGroup(folder, 2, builder -> builder.segmentSizeBytes(SEGMENT_BYTES)
                .twoSiteStrict(false)
                .ackPolicy(AckPolicy.ALL_AVAILABLE)
                .logRetentionBytes(0)
                .logRetentionMaxBytes(1 << 20))) {
            group.startAll();
            group.converged();
            int away = group.indexOf(group.client());
            group.close(away);
            Environment master = group.master();
            assertThatThrownBy(() -> {
                        while (true) {
                            names(master).put("k", "v".repeat(4000));
                        }
                    })
                    .isInstanceOf(InsufficientSitesException.class)
                    .hasMessageContaining("log-retention-max")
                    .hasMessageContaining("nothing was written");
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(() -> assertThat(group.events(group.indexOf(master), LogFilling.class))
                            .extracting(LogFilling::stage)
                            .containsExactly(Stage.NEARLY_FULL, Stage.FULL));
            long bytes = TestGroup.fresh(master).log().bytes();
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> names(master).put("k", "refused"))
                        .isInstanceOf(InsufficientSitesException.class);
            }
            assertThat(TestGroup.fresh(master).log().bytes()).isEqualTo(bytes);
            assertThat(names(master).get("k")).contains("v".repeat(4000));
            group.start(away);
            group.converged();
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> group.events(group.indexOf(master), LogFilling.class)
                                    .size()
                            == 3);
            names(master).put("k", "taken");
            group.converged();
        }
    }
}
