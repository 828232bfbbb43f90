package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.Role;
import org.understudy.harness.FaultProxy;

/** Sites that listen elsewhere than at their names: what reaches them comes through a proxy, and that can fail. */
class BehindProxyTest {
    private static final int SITES = 3;

    @TempDir
    Path folder;

    private final Map<String, String> listening = new HashMap<>();

    private EnvironmentConfigBuilder elsewhere(EnvironmentConfigBuilder builder) {
        return builder.listenAddress(listening.get(builder.build().localSite().orElseThrow()));
    }

    private TestGroup group() {
        TestGroup group = new TestGroup(folder, SITES, this::elsewhere);
        List<String> addresses = TestGroup.freeNames(SITES);
        for (int site = 0; site < SITES; site++) {
            listening.put(group.name(site), addresses.get(site));
        }
        return group;
    }

    @Test
    void sites_are_reached_at_their_names_wherever_they_listen() {
        try (TestGroup group = group();
                FaultProxy proxy = new FaultProxy(listening)) {
            group.startAll();
            TestGroup.names(group.master()).put("ada", "countess");
            assertThat(group.converged()).containsEntry("ada", "countess");
            assertThat(group.master().status().sites()).allMatch(site -> listening.containsKey(site.name()));
            assertThat(proxy.routes()).hasSize(SITES * (SITES - 1));
        }
    }

    @Test
    void a_master_that_hears_nobody_steps_down_and_the_others_elect_another() {
        try (TestGroup group = group();
                FaultProxy proxy = new FaultProxy(listening)) {
            group.startAll();
            Environment old = group.master();
            String deaf = group.name(group.indexOf(old));
            TestGroup.names(old).put("before", "the cut");

            others(deaf).forEach(other -> proxy.route(other, deaf).cut());

            await().atMost(TestGroup.PATIENCE).until(() -> old.role() != Role.MASTER);
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> group.running().stream().anyMatch(site -> site != old && site.role() == Role.MASTER));

            others(deaf).forEach(other -> proxy.route(other, deaf).heal());
            TestGroup.names(group.master()).put("after", "the cut");
            assertThat(group.converged()).containsKeys("before", "after");
        }
    }

    private List<String> others(String site) {
        return listening.keySet().stream().filter(name -> !name.equals(site)).toList();
    }
}
