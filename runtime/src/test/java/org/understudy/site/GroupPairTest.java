package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.Environment;
import org.understudy.InsufficientAcksException;
import org.understudy.Role;

/** Two real sites that are not strict: what goes on while one is away. */
@Timeout(120)
class GroupPairTest {
    @TempDir
    Path folder;

    @Test
    void S23_the_one_that_is_left_goes_on_alone_and_the_other_follows_it_later() {
        try (TestGroup group =
                new TestGroup(folder, 2, builder -> builder.twoSiteStrict(false).ackPolicy(AckPolicy.ALL_AVAILABLE))) {
            group.startAll();
            Environment left = group.client();
            group.close(group.indexOf(group.master()));
            await().atMost(TestGroup.PATIENCE).until(() -> left.role() == Role.MASTER);
            names(left).put("k", "alone");
            int other = 1 - group.indexOf(left);
            group.start(other);
            assertThat(group.converged()).containsEntry("k", "alone");
            assertThat(TestGroup.fresh(left).sites()).hasSize(2);
        }
    }

    @Test
    void QUORUM_needs_both_and_force_takes_the_other_out() {
        try (TestGroup group = new TestGroup(folder, 2, builder -> builder.twoSiteStrict(false))) {
            group.startAll();
            Environment left = group.client();
            int gone = group.indexOf(group.master());
            group.close(gone);
            await().atMost(TestGroup.PATIENCE).until(() -> left.role() == Role.MASTER);
            assertThatExceptionOfType(InsufficientAcksException.class)
                    .isThrownBy(() -> names(left).put("k", "v"));
            left.removeSite(group.name(gone), true);
            names(left).put("k", "v");
            assertThat(TestGroup.fresh(left).sites()).hasSize(1);
        }
    }

    @Test
    void S76_the_preferred_master_takes_mastership_back() {
        try (TestGroup group =
                new TestGroup(folder, 2, builder -> builder.twoSiteStrict(false).ackPolicy(AckPolicy.ALL_AVAILABLE))) {
            String preferred = group.name(1);
            group.open(0, builder -> builder.preferredMaster(preferred)).start();
            group.start(1);
            await().atMost(TestGroup.PATIENCE).until(() -> group.site(1).role() == Role.MASTER);
            group.close(1);
            await().atMost(TestGroup.PATIENCE).until(() -> group.site(0).role() == Role.MASTER);
            names(group.site(0)).put("k", "meanwhile");
            group.start(1);
            await().atMost(TestGroup.PATIENCE).until(() -> group.site(1).role() == Role.MASTER);
            assertThat(group.converged()).containsEntry("k", "meanwhile");
        }
    }
}
