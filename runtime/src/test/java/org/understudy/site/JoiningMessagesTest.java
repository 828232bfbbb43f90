package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.SiteState;
import org.understudy.SiteStatus;

/** A site that is joining sends and takes messages like any other (protocol.md §10). */
@Timeout(120)
class JoiningMessagesTest {
    private static final int VALUES = 200;
    private static final String LARGE = "v".repeat(20_000);

    @TempDir
    Path folder;

    private static boolean isJoining(TestGroup group) {
        return TestGroup.fresh(group.site(0))
                .site(group.name(1))
                .map(SiteStatus::state)
                .filter(SiteState.JOINING::equals)
                .isPresent();
    }

    @Test
    void a_site_that_is_catching_up_asks_and_is_asked() {
        try (TestGroup group = new TestGroup(
                folder, 2, builder -> builder.set("transfer-limit", "64KiB").set("send-buffer", "64KiB"))) {
            Environment master = group.start(0);
            for (int i = 0; i < VALUES; i++) {
                names(master).put("k" + i, LARGE);
            }
            master.onMessage("any", message -> message.reply("master", message.sender()));
            Environment joining = group.open(1);
            joining.onMessage("any", message -> message.reply("joining", message.sender()));
            joining.startAsync();
            await().atMost(TestGroup.PATIENCE).until(() -> isJoining(group));

            assertThat(joining.channel(group.name(0)).topic("any").request().text(1))
                    .isEqualTo(group.name(1));
            assertThat(master.channel(group.name(1)).topic("any").request().text(1))
                    .isEqualTo(group.name(0));

            assertThat(isJoining(group)).isTrue();
        }
    }
}
