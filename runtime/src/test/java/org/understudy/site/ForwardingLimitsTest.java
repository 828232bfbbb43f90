package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;

/** For how long a master keeps account of what was forwarded to it (protocol.md §9). */
@Timeout(120)
class ForwardingLimitsTest {
    @TempDir
    Path folder;

    private TestGroup group(Duration retention) {
        return new TestGroup(folder, 2, builder -> builder.forwardWrites(true).forwardRetention(retention));
    }

    private static long sessions(Environment site) {
        return site.digest(TestGroup.fresh(site).local().permanentLsn())
                .databases()
                .get("understudy.forwarding")
                .keys();
    }

    /** Each process of a site opens a session of its own. */
    private static void writeAsNextProcess(TestGroup group) {
        group.close(1);
        names(group.start(1)).put("k", "v");
    }

    @Test
    void a_session_that_nobody_uses_ends_when_forward_retention_is_over_and_another_begins() {
        try (TestGroup group = group(Duration.ofMillis(100))) {
            group.start(0);
            names(group.start(1)).put("k", "v");
            assertThat(sessions(group.site(0))).isEqualTo(1);
            int[] begun = {1};
            await().atMost(TestGroup.PATIENCE).until(() -> {
                writeAsNextProcess(group);
                begun[0]++;
                return sessions(group.site(0)) < begun[0];
            });
        }
    }

    @Test
    void a_session_is_kept_for_forward_retention_though_its_process_has_ended() {
        try (TestGroup group = group(Duration.ofHours(1))) {
            group.start(0);
            names(group.start(1)).put("k", "v");
            writeAsNextProcess(group);
            assertThat(sessions(group.site(0))).isEqualTo(2);
        }
    }
}
