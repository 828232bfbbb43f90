package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.ConfigurationException;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.JoinFailureException;
import org.understudy.Role;
import org.understudy.SiteAddress;
import org.understudy.UnavailableException;
import org.understudy.event.InitDone;
import org.understudy.event.LocalSiteRemoved;

/** Who gets into a group of real sites, who leaves it, and who is told to go. */
@Timeout(120)
class GroupAdmissionTest {
    @TempDir
    Path folder;

    @Test
    void S61_a_removed_site_is_told_and_the_others_go_on_without_it() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment gone = group.client();
            int index = group.indexOf(gone);
            gone.removeSite(group.name(index));
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(() -> assertThat(group.events(index, LocalSiteRemoved.class))
                            .hasSize(1));
            assertThat(gone.role()).isEqualTo(Role.UNKNOWN);
            group.close(index);
            names(group.master()).put("k", "v");
            assertThat(group.converged()).containsEntry("k", "v");
            assertThat(TestGroup.fresh(group.master()).sites()).hasSize(2);
        }
    }

    @Test
    void S44_an_empty_site_that_the_log_no_longer_reaches_gets_a_copy() {
        try (TestGroup group = new TestGroup(
                folder, 3, builder -> builder.set("segment-size", "64KiB").set("log-retention", "0"))) {
            Environment master = group.start(0);
            group.start(1);
            Map<String, String> values = new TreeMap<>();
            for (int i = 0; i < 2_000; i++) {
                values.put("k" + i, "v".repeat(200) + i);
            }
            values.forEach((key, value) -> names(master).putAsync(key, value));
            await().atMost(TestGroup.PATIENCE).until(() -> master.status().log().startLsn() > 1);
            Environment joined = group.start(2);
            assertThat(TestGroup.fresh(joined).transfer().initialisations()).isEqualTo(1);
            assertThat(group.converged()).isEqualTo(values);
            names(master).put("after", "v");
            assertThat(group.converged()).containsEntry("after", "v");
            await().untilAsserted(
                            () -> assertThat(group.events(2, InitDone.class)).hasSize(1));
        }
    }

    @Test
    void a_port_in_use_is_named_and_starting_again_helps_once_it_is_free() throws Exception {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment environment = group.open(0);
            int port = SiteAddress.parse(group.name(0)).port();
            try (ServerSocket taken = new ServerSocket()) {
                taken.bind(new InetSocketAddress("localhost", port));
                assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(environment::start)
                        .withMessageContaining(String.valueOf(port));
            }
            environment.start();
            assertThat(environment.role()).isEqualTo(Role.MASTER);
        }
    }

    @Test
    void S54_a_site_of_another_group_does_not_get_in() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.start(0);
            EnvironmentConfig stranger =
                    group.config(1).group("others").set("join-timeout", "1s").build();
            try (Environment environment = Environment.open(stranger)) {
                assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(environment::start)
                        .withMessageContaining("others");
            }
        }
    }

    @Test
    void a_wiped_site_is_told_what_to_do() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            int index = group.indexOf(group.client());
            group.close(index);
            group.wipe(index);
            assertThatExceptionOfType(JoinFailureException.class)
                    .isThrownBy(() -> group.start(index))
                    .withMessageContaining("incarnation")
                    .withMessageContaining("remove");
        }
    }

    @Test
    void a_wiped_site_takes_its_old_places_by_itself_where_that_is_wanted() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.replace(true))) {
            group.startAll();
            names(group.master()).put("k", "v");
            int index = group.indexOf(group.client());
            UUID before = group.site(index).status().local().incarnation();
            group.close(index);
            group.wipe(index);
            Environment replaced = group.start(index);
            assertThat(TestGroup.fresh(replaced).local().incarnation()).isNotEqualTo(before);
            assertThat(group.converged()).containsEntry("k", "v");
            assertThat(TestGroup.fresh(group.master()).sites()).hasSize(3);
        }
    }

    @Test
    void S68_a_home_belongs_to_one_address() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            group.start(0);
            group.close(0);
            EnvironmentConfig moved = group.config(0).localSite("localhost:1").build();
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Environment.open(moved))
                    .withMessageContaining(group.name(0));
            EnvironmentConfig alone = EnvironmentConfig.builder(group.home(0)).build();
            assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> Environment.open(alone));
        }
    }
}
