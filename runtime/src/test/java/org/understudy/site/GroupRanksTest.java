package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.JoinFailureException;
import org.understudy.Role;
import org.understudy.SiteStatus;
import org.understudy.UnavailableException;

/** Who of a group of real sites may become master, who votes, and who only watches. */
@Timeout(120)
class GroupRanksTest {
    @TempDir
    Path folder;

    private static SiteStatus entry(Environment seenFrom, String name) {
        return seenFrom.status().sites().stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_priority_ordered_at_a_client_holds_everywhere_and_after_a_restart() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            int preferred = group.indexOf(group.client());
            group.client().changePriority(group.name(preferred), 500);
            group.converged();
            assertThat(group.running())
                    .allMatch(site -> entry(site, group.name(preferred)).priority() == 500);
            group.close(preferred);
            group.start(preferred);
            group.converged();
            assertThat(TestGroup.fresh(group.site(preferred)).local().priority())
                    .isEqualTo(500);
            Environment master = group.master();
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> entry(master, group.name(preferred)).streaming());
            group.close(group.indexOf(master));
            assertThat(group.master()).isSameAs(group.site(preferred));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> group.master().changePriority(group.name(preferred), 1_001))
                    .withMessageContaining("0 to 1000");
        }
    }

    @Test
    void S71_a_voter_started_as_a_view_is_demoted_and_never_comes_back() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            int site = group.indexOf(group.client());
            group.close(site);
            group.open(site, builder -> builder.view(true)).start();
            names(group.master()).put("k", "v");
            assertThat(group.converged()).containsEntry("k", "v");
            assertThat(entry(group.master(), group.name(site)).view()).isTrue();
            group.close(site);
            assertThatExceptionOfType(JoinFailureException.class)
                    .isThrownBy(() -> group.start(site))
                    .withMessageContaining("view=true");
        }
    }

    @Test
    void S71_without_a_master_nobody_is_demoted() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.startAll();
            group.stopAll();
            Environment alone = group.open(1, builder -> builder.view(true).set("join-timeout", "1s"));
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(alone::start)
                    .withMessageContaining("become a view");
        }
    }

    @Test
    void a_demoted_master_hands_over_first_and_goes_on_as_a_view() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment first = group.master();
            String name = group.name(group.indexOf(first));
            names(first).put("k", "v");
            group.client().demoteToView(name);
            await().atMost(TestGroup.PATIENCE).until(() -> first.role() == Role.CLIENT);
            assertThat(group.master()).isNotSameAs(first);
            names(group.master()).put("after", "v");
            assertThat(group.converged()).containsEntry("after", "v").containsEntry("k", "v");
            assertThat(entry(first, name).view()).isTrue();
        }
    }
}
