package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.event.InitDone;
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
                assertThat(master.status().log().startLsn()).isEqualTo(1);
            }
            assertThat(master.status().log().bytes()).isGreaterThan(3 << 18);
            assertThat(master.status().log().fallingBehind()).containsExactly(name);
            while (master.status().log().startLsn() == 1) {
                names(master).put("k", "v".repeat(4000));
            }
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> master.status().log().fallingBehind().isEmpty());
            group.start(away);
            group.converged();
            assertThat(group.events(away, InitDone.class)).hasSize(1);
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
}
