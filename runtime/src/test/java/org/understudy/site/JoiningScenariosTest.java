package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.SiteStatus;
import org.understudy.UnavailableException;
import org.understudy.event.PermFailed;

/** Sites that want to join when that is not possible, for real. */
@Timeout(120)
class JoiningScenariosTest {
    @TempDir
    Path folder;

    /** It has little time for an attempt, and as many of them as it takes. */
    private static void startedInTheEnd(Environment environment) {
        await().atMost(TestGroup.PATIENCE)
                .ignoreExceptionsInstanceOf(UnavailableException.class)
                .untilAsserted(environment::start);
    }

    @Test
    void S60_sites_that_ask_while_most_are_down_are_told_so_and_join_when_enough_are_back() {
        try (TestGroup group = new TestGroup(
                folder, 5, builder -> builder.set("quorum-loss-timeout", "60s").set("join-timeout", "2s"))) {
            Environment master = group.start(0);
            startedInTheEnd(group.open(1));
            startedInTheEnd(group.open(2));
            group.close(1);
            group.close(2);
            Environment fourth = group.open(3);
            Environment fifth = group.open(4);
            for (Environment asking : List.of(fourth, fifth)) {
                assertThatExceptionOfType(UnavailableException.class).isThrownBy(asking::start);
            }
            assertThat(TestGroup.fresh(master).sites())
                    .extracting(SiteStatus::name)
                    .doesNotContain(group.name(4));
            assertThat(group.events(0, PermFailed.class)).isEmpty();
            startedInTheEnd(group.open(1));
            startedInTheEnd(fourth);
            startedInTheEnd(fifth);
            names(group.master()).put("k", "v");
            assertThat(group.converged()).containsEntry("k", "v");
            assertThat(TestGroup.fresh(group.master()).sites()).hasSize(5);
        }
    }
}
