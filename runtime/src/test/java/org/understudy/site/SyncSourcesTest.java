package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.SyncPhase;
import org.understudy.TransferStatus;

/** From whom sites fetch what they lack, and how fast, for real (docs/protocol.md §5). */
@Timeout(120)
class SyncSourcesTest {
    private static final String VALUE = "x".repeat(10_000);

    @TempDir
    Path folder;

    private static void fill(Environment master, int from, int to) {
        for (int i = from; i < to; i++) {
            names(master).put("key" + i, VALUE);
        }
    }

    private static TransferStatus transfer(Environment site) {
        return TestGroup.fresh(site).transfer();
    }

    @Test
    void S56_a_site_catches_up_and_initialises_from_the_peer_it_was_given() {
        TestGroup[] made = new TestGroup[1];
        // A peer that is silent for long is given up for the master, also where it is the machine that stands still.
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.set("send-buffer", "64KiB")
                .set("segment-size", "64KiB")
                .set("log-retention", "0")
                .set("heartbeat-monitor", "30s")
                .set("quorum-loss-timeout", "60s")
                .delayClientSync(true)
                .peers(made[0] == null ? List.of() : List.of(made[0].name(1))))) {
            made[0] = group;
            Environment master = group.start(0);
            Environment peer = group.start(1);
            fill(master, 0, 40);
            group.converged();
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(master.status().log().startLsn()).isGreaterThan(1));
            // It joins through its peer, so that one is surely connected when it chooses.
            group.open(2, builder -> builder.bootstrapHelpers(List.of(group.name(1))))
                    .start();
            group.converged();
            assertThat(transfer(group.site(2)).initialisations()).isEqualTo(1);
            assertThat(transfer(peer).chunksServed()).isPositive();
            assertThat(transfer(master).chunksServed()).isZero();
            group.close(2);
            fill(master, 40, 80);
            Environment restarted = group.start(2);
            // It waits to be told, so the peer is surely connected when it chooses.
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> {
                assertThat(TestGroup.fresh(restarted).local().phase()).isEqualTo(SyncPhase.WAIT);
                assertThat(TestGroup.fresh(restarted)
                                .site(group.name(1))
                                .orElseThrow()
                                .connected())
                        .isTrue();
            });
            restarted.synchronize();
            group.converged();
            assertThat(transfer(peer).rangesServed()).isPositive();
            assertThat(transfer(master).rangesServed()).isZero();
        }
    }

    @Test
    void S38_a_tiny_limit_slows_an_initialisation_and_a_catch_up_but_both_end() {
        try (TestGroup group = new TestGroup(folder, 2, builder -> builder.set("send-buffer", "64KiB")
                .set("segment-size", "64KiB")
                .set("log-retention", "0")
                .set("transfer-limit", "256KiB"))) {
            Environment master = group.start(0);
            fill(master, 0, 40);
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(master.status().log().startLsn()).isGreaterThan(1));
            group.start(1);
            group.converged();
            long throttles = transfer(master).throttles();
            assertThat(transfer(group.site(1)).initialisations()).isEqualTo(1);
            assertThat(throttles).isPositive();
            group.close(1);
            for (int i = 40; i < 100; i++) {
                names(master).putAsync("key" + i, VALUE);
            }
            group.start(1);
            group.converged();
            assertThat(transfer(master).throttles()).isGreaterThan(throttles);
        }
    }
}
