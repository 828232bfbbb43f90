package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.content;
import static org.understudy.site.TestGroup.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.ConfigurationException;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentLockedException;
import org.understudy.RecoverAs;
import org.understudy.Role;
import org.understudy.SiteStatus;
import org.understudy.Standing;
import org.understudy.UnavailableException;
import org.understudy.event.InitDone;
import org.understudy.event.ReplicationEvent;

/** A stopped site's home becomes another site, or a group of its own. */
@Timeout(120)
class OfflineRecoveryTest {
    @TempDir
    Path folder;

    @Test
    void what_is_left_of_a_lost_majority_goes_on_as_a_group_of_one_and_grows_again() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            names(group.master()).put("k", "v");
            group.converged();
            Standing last = TestGroup.fresh(group.site(1)).local().standing();
            group.stopAll();
            EnvironmentConfig survivor = group.config(1).build();
            Standing kept = Environment.recover(survivor, RecoverAs.GROUP_OF_ONE);
            assertThat(kept).isGreaterThanOrEqualTo(last);
            group.start(1);
            Environment alone = group.master();
            assertThat(content(alone)).containsEntry("k", "v");
            names(alone).put("k", "w");
            assertThat(TestGroup.fresh(alone).sites())
                    .extracting(SiteStatus::name)
                    .containsExactly(group.name(1));

            group.wipe(2);
            group.start(2);
            assertThat(group.converged()).containsEntry("k", "w");
        }
    }

    @Test
    void a_site_of_the_old_group_does_not_get_into_the_new_one_by_mistake() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.set("join-timeout", "2s"))) {
            group.startAll();
            names(group.master()).put("k", "v");
            group.converged();
            group.stopAll();
            Environment.recover(group.config(1).build(), RecoverAs.GROUP_OF_ONE);
            group.start(1);
            Environment alone = group.master();
            Environment old = group.open(2);
            assertThatExceptionOfType(UnavailableException.class).isThrownBy(old::start);
            names(alone).put("k", "w");
            assertThat(content(old)).containsEntry("k", "v");
            assertThat(alone.role()).isEqualTo(Role.MASTER);
        }
    }

    @Test
    void S67_a_copy_of_a_home_joins_under_a_new_address_without_an_initialisation() throws IOException {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.startAll();
            names(group.master()).put("k", "v");
            group.converged();
            int client = group.indexOf(group.client());
            group.close(client);
            Path copy = folder.resolve("copy");
            copy(group.home(client), copy);
            group.start(client);
            names(group.master()).put("k", "w");
            EnvironmentConfig config = group.config(client)
                    .set("home", copy.toString())
                    .name("copy")
                    .localSite(TestGroup.freeNames(1).get(0))
                    .groupCreator(false)
                    .build();
            Environment.recover(config, RecoverAs.NEW_SITE);
            List<ReplicationEvent> heard = new CopyOnWriteArrayList<>();
            try (Environment added = Environment.open(config)) {
                added.subscribe(heard::add);
                added.start();
                await().atMost(TestGroup.PATIENCE)
                        .untilAsserted(() -> assertThat(content(added)).containsEntry("k", "w"));
                assertThat(heard).noneMatch(InitDone.class::isInstance);
                assertThat(TestGroup.fresh(group.master()).sites()).hasSize(3);
            }
        }
    }

    @Test
    void S68_another_address_is_refused_until_the_home_is_recovered() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            names(group.master()).put("k", "v");
            group.converged();
            int client = group.indexOf(group.client());
            String oldName = group.name(client);
            group.close(client);
            EnvironmentConfig moved = group.config(client)
                    .localSite(TestGroup.freeNames(1).get(0))
                    .groupCreator(false)
                    .build();
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Environment.open(moved))
                    .withMessageContaining("RecoverAs.NEW_SITE");
            Environment.recover(moved, RecoverAs.NEW_SITE);
            try (Environment site = Environment.open(moved)) {
                site.startAsync();
                await().atMost(TestGroup.PATIENCE)
                        .untilAsserted(() -> assertThat(site.master()).isPresent());
                group.master().removeSite(oldName);
                await().atMost(TestGroup.PATIENCE)
                        .untilAsserted(() -> assertThat(content(site)).containsEntry("k", "v"));
            }
        }
    }

    @Test
    void an_open_environment_is_not_recovered() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            group.start(0);
            EnvironmentConfig config = group.config(0).build();
            assertThatExceptionOfType(EnvironmentLockedException.class)
                    .isThrownBy(() -> Environment.recover(config, RecoverAs.GROUP_OF_ONE));
        }
    }

    @Test
    void a_site_that_may_not_be_master_is_no_group_of_one() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            group.start(0);
            group.close(0);
            EnvironmentConfig config =
                    group.config(0).groupCreator(false).priority(0).build();
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Environment.recover(config, RecoverAs.GROUP_OF_ONE))
                    .withMessageContaining("priority=0");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
