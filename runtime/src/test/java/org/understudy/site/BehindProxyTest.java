package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.Role;

/** Sites that listen elsewhere than at their names. */
class BehindProxyTest {
    private static final int SITES = 3;

    @TempDir
    Path folder;

    @Test
    void sites_are_reached_at_their_names_wherever_they_listen() {
        try (ProxiedGroup proxied = new ProxiedGroup(folder, SITES, config -> config)) {
            TestGroup group = proxied.sites();
            group.startAll();
            TestGroup.names(group.master()).put("ada", "countess");
            assertThat(group.converged()).containsEntry("ada", "countess");
            for (int site = 0; site < SITES; site++) {
                assertThat(TestGroup.fresh(group.master()).site(group.name(site)))
                        .isPresent();
            }
        }
    }

    @Test
    void a_master_that_hears_nobody_steps_down_and_the_others_elect_another() {
        try (ProxiedGroup proxied = new ProxiedGroup(folder, SITES, config -> config)) {
            TestGroup group = proxied.sites();
            group.startAll();
            Environment old = group.master();
            String deaf = group.name(group.indexOf(old));
            TestGroup.names(old).put("before", "the cut");

            proxied.deafen(deaf);

            await().atMost(TestGroup.PATIENCE).until(() -> old.role() != Role.MASTER);
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> group.running().stream().anyMatch(site -> site != old && site.role() == Role.MASTER));

            proxied.heal(deaf);
            TestGroup.names(group.master()).put("after", "the cut");
            assertThat(group.converged()).containsKeys("before", "after");
        }
    }
}
