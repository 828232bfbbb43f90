package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.PATIENCE;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Codecs;
import org.understudy.Environment;
import org.understudy.EnvironmentDigest;
import org.understudy.UnavailableException;

/** Running sites compare what they hold. */
@Timeout(120)
class RemoteDigestTest {
    @TempDir
    Path folder;

    @Test
    void sites_that_hold_the_same_have_one_digest_asked_for_anywhere_while_they_are_used() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment master = group.master();
            names(master).put("a", "1");
            master.database("other", Codecs.STRING, Codecs.STRING).put("b", "2");
            group.converged();
            long lsn = TestGroup.fresh(master).local().standing().lsn();
            names(master).put("a", "changed later");
            EnvironmentDigest here = group.client().digest(lsn);
            assertThat(here.databases()).containsOnlyKeys("names", "other");
            for (int site = 0; site < 3; site++) {
                EnvironmentDigest there = group.client().digestOf(group.name(site), lsn, PATIENCE);
                assertThat(there).isEqualTo(here);
                assertThat(here.differencesFrom(there)).isEmpty();
            }
        }
    }

    @Test
    void a_view_that_holds_less_is_told_from_the_others() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            Environment master = group.start(0);
            names(master).put("a", "1");
            master.database("public", Codecs.STRING, Codecs.STRING).put("b", "2");
            Environment view =
                    group.open(1, builder -> builder.set("view", "true").set("view-databases", "public"));
            view.start();
            long lsn = TestGroup.fresh(master).local().standing().lsn();
            await().atMost(PATIENCE).until(() -> view.status().local().appliedLsn() >= lsn);
            assertThat(master.digest(lsn).differencesFrom(master.digestOf(group.name(1), lsn, PATIENCE)))
                    .isEqualTo(List.of("database names is only here"));
        }
    }

    @Test
    void what_a_site_has_not_and_a_site_that_is_not_there_are_told() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.startAll();
            Environment site = group.site(0);
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> site.digestOf(group.name(1), 1_000_000, PATIENCE))
                    .withMessageContaining(group.name(1))
                    .withMessageContaining("is not here yet");
            group.close(1);
            await().atMost(PATIENCE).untilAsserted(() -> assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> site.digestOf(group.name(1), 1, PATIENCE))
                    .withMessageContaining("not connected"));
        }
    }
}
