package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.MessageTooLargeException;
import org.understudy.ProcessStatus;
import org.understudy.StorageKind;

/** Which settings hold in a subordinate, and how it is told what it is (protocol.md §11). */
class SubordinateSettingsTest {
    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Logger log = Logger.getLogger(Succession.class.getName());
    private final Handler keeping = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    };

    @BeforeEach
    void listen() {
        log.addHandler(keeping);
    }

    @AfterEach
    void listenNoMore() {
        log.removeHandler(keeping);
    }

    private List<String> overruled() {
        return said.stream().filter(line -> line.contains("USTDY-0525")).toList();
    }

    private static Environment subordinate(TestGroup group, UnaryOperator<EnvironmentConfigBuilder> otherwise) {
        return Environment.open(otherwise.apply(group.config(0)).build());
    }

    @Test
    void each_setting_that_does_not_hold_is_named_with_what_does_and_what_to_do() {
        try (TestGroup group = new TestGroup(folder, 1, builder -> builder.set("ack-policy", "ALL"))) {
            group.start(0);
            try (Environment second = subordinate(group, builder -> builder.set("ack-policy", "ONE")
                    .set("preferred-master", group.name(0))
                    .set("two-site-strict", "false")
                    .set("consistency", "PERMANENT")
                    .set("conflict-attempts", "3"))) {
                assertThat(second.ackPolicy()).isEqualTo(group.site(0).ackPolicy());
                assertThat(overruled()).hasSize(3);
                assertThat(overruled())
                        .anySatisfy(line -> assertThat(line)
                                .contains("ack-policy=ONE does not hold here")
                                .contains("process " + PID)
                                .contains("has ack-policy=ALL")
                                .contains("set it there, or leave it away here"))
                        .anySatisfy(
                                line -> assertThat(line).contains("two-site-strict=false", "has two-site-strict=true"))
                        .anySatisfy(line -> assertThat(line)
                                .contains("preferred-master=" + group.name(0))
                                .contains("has no preferred-master"));
            }
        }
    }

    @Test
    void nothing_is_said_of_settings_that_are_alike_or_were_left_away() {
        try (TestGroup group = new TestGroup(folder, 1, builder -> builder.set("ack-policy", "ALL"))) {
            group.start(0);
            subordinate(group, builder -> builder).close();
            Environment.open(EnvironmentConfig.builder(group.home(0)).build()).close();
            assertThat(said).hasSizeGreaterThanOrEqualTo(2);
            assertThat(overruled()).isEmpty();
        }
    }

    @Test
    void the_status_says_who_has_the_home_and_who_goes_through_it_before_and_after_a_takeover() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment first = group.start(0);
            assertThat(first.status().process()).isEqualTo(new ProcessStatus(PID, PID, false, 0));
            try (Environment second = subordinate(group, builder -> builder)) {
                second.start();
                assertThat(second.status().process()).isEqualTo(new ProcessStatus(PID, PID, true, 1));
                assertThat(first.status().process().subordinates()).isEqualTo(1);

                group.close(0);

                await().atMost(TestGroup.PATIENCE)
                        .until(() -> !second.status().process().subordinate());
                assertThat(second.status().process().subordinates()).isZero();
            }
        }
    }

    @Test
    void an_environment_that_nobody_can_share_has_itself() {
        try (Environment alone = Environment.open(
                EnvironmentConfig.builder().storage(StorageKind.MEMORY).build())) {
            assertThat(alone.status().process()).isEqualTo(ProcessStatus.ofHolder(0));
        }
    }

    @Test
    void how_large_a_message_may_be_is_decided_where_the_home_is() {
        try (TestGroup group = new TestGroup(folder, 1, builder -> builder.set("max-message", "64KiB"))) {
            group.start(0).onMessage("any", message -> message.reply("taken"));
            try (Environment larger = subordinate(group, builder -> builder.set("max-message", "1MiB"));
                    Environment smaller = subordinate(group, builder -> builder.set("max-message", "1KiB"))) {
                assertThatExceptionOfType(MessageTooLargeException.class)
                        .isThrownBy(() -> larger.channelToMaster().topic("any").request(new byte[100_000]));
                assertThatExceptionOfType(MessageTooLargeException.class)
                        .isThrownBy(() -> larger.channelToMaster().topic("any").send(new byte[100_000]));
                assertThat(smaller.channelToMaster()
                                .topic("any")
                                .request(new byte[10_000])
                                .text())
                        .isEqualTo("taken");
            }
        }
    }
}
