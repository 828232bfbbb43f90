package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.ForceMasterReport;
import org.understudy.Role;
import org.understudy.UnavailableException;
import org.understudy.event.LocalSiteRemoved;
import org.understudy.event.PossibleLoss;

/** A majority of real sites is lost, and the operator goes on with the rest. */
@Timeout(120)
class ForcedMastershipSiteTest {
    @TempDir
    Path folder;

    @Test
    void the_last_of_three_goes_on_by_force_and_a_lost_one_is_told_that_it_is_removed() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            names(group.master()).put("k", "v");
            group.converged();
            group.close(0);
            group.close(1);
            Environment last = group.site(2);
            await().atMost(TestGroup.PATIENCE).until(() -> last.master().isEmpty());

            ForceMasterReport report =
                    last.forceMasterDryRunAsync().toCompletableFuture().join();
            assertThat(report.isPossible()).as(report.toString()).isTrue();
            assertThat(report.lost()).containsExactlyInAnyOrder(group.name(0), group.name(1));
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> last.forceMaster(Set.of(group.name(0))))
                    .withMessageContaining(group.name(1));
            assertThat(last.role()).isEqualTo(Role.CLIENT);

            last.forceMasterAsync(report.lost()).toCompletableFuture().join();
            assertThat(last.role()).isEqualTo(Role.MASTER);
            assertThat(TestGroup.fresh(last).participants()).isEqualTo(1);
            names(last).put("k", "w");
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> !group.events(2, PossibleLoss.class).isEmpty());

            Environment back = group.open(0);
            back.startAsync();
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> !group.events(0, LocalSiteRemoved.class).isEmpty());
            assertThat(last.role()).isEqualTo(Role.MASTER);
            assertThat(names(last).get("k")).contains("w");
        }
    }

    @Test
    void while_a_majority_is_there_nothing_is_forced() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.startAll();
            Environment client = group.client();
            ForceMasterReport report = client.forceMasterDryRun();
            assertThat(report.isPossible()).isFalse();
            assertThat(report.obstacles()).anyMatch(obstacle -> obstacle.endsWith("is master"));
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> client.forceMaster(Set.of()))
                    .withMessageContaining("is master");
        }
    }
}
