package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.LocalSiteRemovedException;
import org.understudy.NotMasterException;
import org.understudy.Role;
import org.understudy.SiteStatus;
import org.understudy.UnavailableException;
import org.understudy.event.LocalSiteRemoved;
import org.understudy.event.ReplicationEvent;

/** What the processes of a removed site are told, on real RocksDB and real sockets (protocol.md §6, §11). */
@Timeout(120)
class RemovalTest {
    @TempDir
    Path folder;

    @Test
    void S63_the_start_of_a_site_removed_while_it_was_down_says_so_each_time_until_its_home_is_emptied() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            int away = group.indexOf(group.client());
            names(group.master()).put("k", "v");
            group.converged();
            group.close(away);
            group.master().removeSite(group.name(away));

            Environment back = group.open(away);

            assertThatExceptionOfType(LocalSiteRemovedException.class)
                    .isThrownBy(back::start)
                    .withMessageContaining("removed")
                    .satisfies(e -> assertThat(e.isRetriable()).isFalse());
            assertThat(back.role()).isEqualTo(Role.UNKNOWN);
            assertThat(names(back).get("k")).contains("v");

            assertThatExceptionOfType(LocalSiteRemovedException.class).isThrownBy(back::start);

            group.close(away);
            group.wipe(away);
            group.start(away);

            assertThat(TestGroup.fresh(group.master()).sites()).hasSize(3);
            names(group.master()).put("k", "w");
            assertThat(group.converged()).containsEntry("k", "w");
        }
    }

    @Test
    void S80_subordinates_of_a_removed_site_read_on_write_no_more_and_take_nothing_over() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.processTimeout(Duration.ofMillis(300)))) {
            group.startAll();
            int gone = group.indexOf(group.client());
            names(group.master()).put("k", "v");
            group.converged();
            List<ReplicationEvent> heard = new CopyOnWriteArrayList<>();
            try (Environment second = Environment.open(group.config(gone).build())) {
                second.subscribe(heard::add);
                second.start();

                second.removeSite(group.name(gone));

                await().atMost(TestGroup.PATIENCE)
                        .until(() -> group.events(gone, LocalSiteRemoved.class).size() == 1);
                assertThat(second.role()).isEqualTo(Role.UNKNOWN);
                assertThat(TestGroup.fresh(second).local().reason())
                        .hasValueSatisfying(reason -> assertThat(reason).contains("removed from the group"));
                assertThat(names(second).get("k")).contains("v");
                assertThatExceptionOfType(NotMasterException.class)
                        .isThrownBy(() -> names(second).put("k", "w"));

                group.close(gone);

                assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(() -> names(second).get("k"))
                        .withMessageContaining("process-timeout");
                assertThat(heard).isEmpty();
                assertThat(TestGroup.fresh(group.master()).sites())
                        .extracting(SiteStatus::name)
                        .doesNotContain(group.name(gone));
            }
        }
    }

    @Test
    void a_subordinate_has_its_removed_site_join_anew() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            int gone = group.indexOf(group.client());
            try (Environment second = Environment.open(group.config(gone).build())) {
                second.start();
                second.removeSite(group.name(gone));
                await().atMost(TestGroup.PATIENCE).until(() -> second.role() == Role.UNKNOWN);

                second.start();

                assertThat(second.role()).isEqualTo(Role.CLIENT);
                assertThat(TestGroup.fresh(group.master()).sites())
                        .extracting(SiteStatus::name)
                        .contains(group.name(gone));
            }
        }
    }
}
