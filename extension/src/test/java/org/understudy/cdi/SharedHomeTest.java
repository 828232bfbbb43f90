package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.ChannelMessage;
import org.understudy.Database;
import org.understudy.Environment;

/** Two applications of one server with one home, configured alike (protocol.md §11). */
@Timeout(120)
class SharedHomeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Singleton
    static class Bean {
        @Inject
        Environment environment;

        @Inject
        @DatabaseName("names")
        Database<String, String> names;

        void hear(@Observes ChannelMessage message) {
            message.reply("heard");
        }

        boolean isReady() {
            return environment.status().local().ready();
        }
    }

    @Singleton
    static class Orders {
        @Inject
        Environment environment;

        void hear(@Observes @Topic("orders") ChannelMessage message) {
            message.reply("ordered");
        }
    }

    @Singleton
    static class Bills {
        @Inject
        Environment environment;

        void hear(@Observes @Topic("bills") ChannelMessage message) {
            message.reply("billed");
        }
    }

    @TempDir
    Path home;

    @Test
    void both_observe_messages_at_once_each_those_of_its_topics() {
        List<String> settings = List.of("understudy.home", home.toString());
        try (Application.Started first = Application.start(settings, Orders.class);
                Application.Started second = Application.start(settings, Bills.class)) {
            for (Environment environment :
                    List.of(first.get(Orders.class).environment, second.get(Bills.class).environment)) {
                assertThat(environment
                                .channelToMaster()
                                .topic("orders")
                                .request("x")
                                .text())
                        .isEqualTo("ordered");
                assertThat(environment
                                .channelToMaster()
                                .topic("bills")
                                .request("x")
                                .text())
                        .isEqualTo("billed");
            }
        }
    }

    @Test
    void the_second_goes_through_the_first_and_takes_over_its_observers_included() {
        List<String> settings = List.of(
                "understudy.home",
                home.toString(),
                "understudy.local-site",
                "localhost:" + Ports.free(),
                "understudy.group-creator",
                "true");
        Application.Started first = Application.start(settings, Bean.class);
        await().atMost(PATIENCE).until(first.get(Bean.class)::isReady);
        try (Application.Started second = Application.start(settings, Bean.class)) {
            Bean other = second.get(Bean.class);
            first.get(Bean.class).names.put("k", "v");
            assertThat(other.names.get("k")).contains("v");
            first.close();
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
                other.names.put("k", "w");
                assertThat(other.environment.channelToMaster().request("x").text())
                        .isEqualTo("heard");
            });
        }
    }

    @Test
    void without_a_group_the_second_takes_over_too() {
        List<String> settings = List.of("understudy.home", home.toString());
        Application.Started first = Application.start(settings, Bean.class);
        try (Application.Started second = Application.start(settings, Bean.class)) {
            Bean other = second.get(Bean.class);
            other.names.put("k", "v");
            assertThat(first.get(Bean.class).names.get("k")).contains("v");
            first.close();
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
                other.names.put("k", "w");
                assertThat(other.names.get("k")).contains("w");
            });
        }
    }
}
