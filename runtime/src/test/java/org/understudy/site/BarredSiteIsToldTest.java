package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.Place;
import org.understudy.event.PossibleLoss;
import org.understudy.log.Ballot;
import org.understudy.log.file.BallotFile;
import org.understudy.log.file.DiskDirectory;

/**
 * Real sites that are opened as after a restart of the machine: between two lives their ballots are written as they would
 * have been left by another boot (protocol.md §2.3).
 */
@Timeout(120)
class BarredSiteIsToldTest {
    @TempDir
    Path folder;

    @Test
    void a_site_whose_machine_was_restarted_is_of_full_use_once_it_has_followed_a_master() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            names(group.master()).put("k", "v");
            group.converged();
            int client = group.indexOf(group.client());
            group.close(client);
            leftByAnotherBoot(group, client);
            Environment back = group.open(client);
            assertThat(TestGroup.fresh(back).local().barred().orElseThrow()).contains("restarted");
            back.start();
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(back.status().local().barred()).isEmpty());
            names(group.master()).put("k", "w");
            assertThat(group.converged()).containsEntry("k", "w");
        }
    }

    @Test
    void when_all_machines_were_restarted_the_best_is_elected_and_says_that_something_may_be_lost() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            names(group.master()).put("k", "v");
            group.converged();
            group.stopAll();
            for (int site = 0; site < 3; site++) {
                leftByAnotherBoot(group, site);
            }
            group.startAll();
            Environment master = group.master();
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(() -> assertThat(group.events(group.indexOf(master), PossibleLoss.class))
                            .hasSize(1));
            names(master).put("k", "w");
            assertThat(group.converged()).containsEntry("k", "w");
        }
    }

    private static void leftByAnotherBoot(TestGroup group, int site) {
        BallotFile file =
                new BallotFile(new DiskDirectory(group.home(site)), new Place("test", Optional.of(group.name(site))));
        Ballot closed = file.read().orElseThrow();
        assertThat(closed.bootId()).isEmpty();
        file.write(closed.openSince("another boot"));
    }
}
