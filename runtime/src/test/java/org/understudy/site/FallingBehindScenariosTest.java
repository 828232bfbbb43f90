package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.event.InitDone;
import org.understudy.harness.FaultProxy;

/** A real site that runs, and gets nothing for so long that the log no longer reaches back to it. */
@Timeout(120)
class FallingBehindScenariosTest {
    private static final int SITES = 3;

    @TempDir
    Path folder;

    private final Map<String, String> listening = new HashMap<>();

    private EnvironmentConfigBuilder settings(EnvironmentConfigBuilder builder) {
        return builder.listenAddress(listening.get(builder.build().localSite().orElseThrow()))
                .set("segment-size", "64KiB")
                .set("log-retention", "0")
                .set("log-retention-time", "100ms");
    }

    private TestGroup group() {
        TestGroup group = new TestGroup(folder, SITES, this::settings);
        List<String> addresses = TestGroup.freeNames(SITES);
        for (int site = 0; site < SITES; site++) {
            listening.put(group.name(site), addresses.get(site));
        }
        return group;
    }

    @Test
    void S45_a_handle_goes_on_working_through_an_initialisation() {
        try (TestGroup group = group();
                FaultProxy proxy = new FaultProxy(listening)) {
            group.startAll();
            Environment master = group.master();
            Environment behind = group.client();
            String cutOff = group.name(group.indexOf(behind));
            names(master).put("k", "v");
            group.converged();
            Database<String, String> handle = names(behind);
            assertThat(handle.get("k")).contains("v");

            others(cutOff).forEach(other -> {
                proxy.route(other, cutOff).cut();
                proxy.route(cutOff, other).cut();
            });
            long known = TestGroup.fresh(behind).log().lastLsn();
            for (int i = 0; i < 2_000; i++) {
                names(master).putAsync("k" + i, "v".repeat(200));
            }
            names(master).put("k", "w");
            // Nobody has the records any more: not the other client either, which would serve them too.
            await().atMost(TestGroup.PATIENCE).until(() -> group.running().stream()
                    .filter(site -> site != behind)
                    .allMatch(site -> site.status().log().startLsn() > known + 1));
            assertThat(handle.get("k")).contains("v");

            others(cutOff).forEach(other -> {
                proxy.route(other, cutOff).heal();
                proxy.route(cutOff, other).heal();
            });
            assertThat(group.converged()).hasSize(2_001);
            assertThat(handle.get("k")).contains("w");
            await().untilAsserted(() -> assertThat(group.events(group.indexOf(behind), InitDone.class))
                    .hasSize(1));
        }
    }

    private List<String> others(String site) {
        return listening.keySet().stream().filter(name -> !name.equals(site)).toList();
    }
}
