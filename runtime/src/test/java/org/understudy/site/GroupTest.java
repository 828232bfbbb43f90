package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.NotMasterException;
import org.understudy.Role;

/** Three sites that replicate, for real. */
@Timeout(120)
class GroupTest {
    @TempDir
    Path folder;

    @Test
    void a_creator_alone_is_master_and_takes_writes_when_it_has_started() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment creator = group.start(0);
            assertThat(creator.role()).isEqualTo(Role.MASTER);
            names(creator).put("k", "v");
            assertThat(names(creator).get("k")).contains("v");
        }
    }

    @Test
    void what_the_master_writes_is_on_every_site() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment master = group.master();
            for (int i = 0; i < 100; i++) {
                names(master).put("k" + i, "v" + i);
            }
            assertThat(group.converged()).hasSize(100);
        }
    }

    @Test
    void a_client_refuses_writes_and_names_the_master() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment client = group.client();
            assertThatExceptionOfType(NotMasterException.class)
                    .isThrownBy(() -> names(client).put("k", "v"))
                    .satisfies(e -> assertThat(e.master())
                            .isEqualTo(group.master().config().localSite()));
        }
    }

    @Test
    void when_the_master_closes_another_takes_over_and_the_old_one_comes_back_as_a_client() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment first = group.master();
            int index = group.indexOf(first);
            names(first).put("k", "v");
            group.close(index);
            Environment second = group.master();
            assertThat(second).isNotSameAs(first);
            names(second).put("k", "w");
            group.start(index);
            assertThat(group.converged()).containsEntry("k", "w");
            assertThat(group.site(index).role()).isEqualTo(Role.CLIENT);
        }
    }

    @Test
    void a_whole_group_is_stopped_and_started_again() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            names(group.master()).put("k", "v");
            group.converged();
            group.stopAll();
            group.startAll();
            assertThat(group.converged()).containsEntry("k", "v");
            names(group.master()).put("l", "w");
            assertThat(group.converged()).hasSize(2);
        }
    }

    @Test
    void mastership_is_handed_to_the_site_that_is_named() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment client = group.client();
            String target = client.config().localSite().orElseThrow();
            client.transferMastership(target);
            await().atMost(TestGroup.PATIENCE).until(() -> client.role() == Role.MASTER);
            names(client).put("k", "v");
            assertThat(group.converged()).containsEntry("k", "v");
        }
    }
}
