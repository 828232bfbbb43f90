package org.understudy.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Channel;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.Message;
import org.understudy.NoResponseException;
import org.understudy.Role;
import org.understudy.Transaction;
import org.understudy.UnavailableException;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.Takeover;
import org.understudy.site.TestGroup;

/** One process is killed, once, and what the others are told then (protocol.md §10, §11). */
@Timeout(180)
class ProcessDeathIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final List<String> names = TestGroup.freeNames(2);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private SiteProcess child;

    private Path home(int site) {
        return folder.resolve("site" + site);
    }

    private EnvironmentConfigBuilder config(int site) {
        return EnvironmentConfig.builder(home(site))
                .localSite(names.get(site))
                .bootstrapHelpers(names)
                .groupCreator(site == 0)
                .set("join-timeout", "60s");
    }

    private Environment start(int site) {
        Environment environment = Environment.open(config(site).build());
        environment.start();
        return environment;
    }

    private void startChild(int site) {
        Map<String, String> options = Map.of(
                "local-site",
                names.get(site),
                "bootstrap-helpers",
                String.join(",", names),
                "group-creator",
                String.valueOf(site == 0));
        child = new SiteLaunch(home(site), HeldMessages.class.getSimpleName(), options).start(1, heard::add);
        await().atMost(PATIENCE).until(() -> heard.containsAll(List.of("ready", HeldMessages.LISTENING)));
    }

    private CompletableFuture<Message> ask(Channel channel) {
        CompletableFuture<Message> asked = channel.topic(HeldMessages.TOPIC)
                .timeout(PATIENCE)
                .requestAsync("x")
                .toCompletableFuture();
        await().atMost(PATIENCE).until(() -> heard.contains(HeldMessages.HANDLING + "x"));
        return asked;
    }

    private static Throwable failureOf(CompletableFuture<Message> asked) {
        Throwable failure = catchThrowable(asked::join);
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    @Test
    void S80_without_takeover_on_crash_a_crashed_processs_home_is_taken_over_by_the_next_start_alone() {
        startChild(0);
        List<ReplicationEvent> events = new CopyOnWriteArrayList<>();
        try (Environment second = Environment.open(config(0)
                .takeoverOnCrash(false)
                .processTimeout(Duration.ofMillis(300))
                .build())) {
            second.subscribe(events::add);
            second.start();
            second.database("names", Codecs.STRING, Codecs.STRING).put("k", "v");
            long generation = second.generation();

            child.kill();

            await().atMost(PATIENCE).until(() -> catchThrowable(second::role) != null);
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(second::role)
                    .withMessageContaining("process-timeout")
                    .satisfies(e -> assertThat(e.isRetriable()).isTrue());
            assertThat(events).isEmpty();

            second.start();

            await().atMost(PATIENCE).until(() -> second.role() == Role.MASTER);
            assertThat(second.generation()).isGreaterThan(generation);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events).first().isInstanceOf(Takeover.class));
            assertThat(second.database("names", Codecs.STRING, Codecs.STRING).get("k"))
                    .contains("v");
        }
    }

    @Test
    void calls_end_while_the_process_of_their_home_hangs_and_go_on_when_it_does() {
        startChild(0);
        try (Environment second = Environment.open(
                config(0).processTimeout(Duration.ofMillis(300)).build())) {
            Database<String, String> values = second.database("names", Codecs.STRING, Codecs.STRING);
            values.put("k", "v");
            try (Transaction begun = second.begin()) {
                assertThat(values.get(begun, "k")).contains("v");

                child.stop();

                assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(() -> values.get(begun, "k"))
                        .withMessageContaining("said nothing for 2000 ms")
                        .satisfies(e -> assertThat(e.isRetriable()).isTrue());
                assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(() -> values.get("k"))
                        .withMessageContaining("process-timeout")
                        .satisfies(e -> assertThat(e.isRetriable()).isTrue());
            }

            child.goOn();

            await().atMost(PATIENCE).until(() -> catchThrowable(second::role) == null);
            assertThat(values.get("k")).contains("v");
            values.put("k", "w");
            assertThat(second.status().process().subordinate()).isTrue();
        }
    }

    @Test
    void who_asked_is_told_when_the_process_of_a_home_that_handles_the_request_is_killed() {
        try (Environment holder = start(0);
                Environment other = start(1)) {
            startChild(0);
            try (Channel channel = other.channel(names.get(0))) {
                CompletableFuture<Message> asked = ask(channel);

                child.kill();

                assertThat(failureOf(asked)).isInstanceOf(NoResponseException.class);
            }
            await().atMost(PATIENCE).until(() -> holder.status().process().subordinates() == 0);
        }
    }

    @Test
    void who_asked_is_told_when_the_site_that_handles_the_request_is_killed() {
        try (Environment asker = start(0)) {
            startChild(1);
            try (Channel channel = asker.channel(names.get(1))) {
                CompletableFuture<Message> asked = ask(channel);

                child.kill();

                assertThat(failureOf(asked))
                        .isInstanceOfSatisfying(UnavailableException.class, e -> assertThat(e.isRetriable())
                                .isFalse());
            }
        }
    }

    @AfterEach
    void kill_the_child() {
        if (child != null) {
            child.goOn();
            child.kill();
        }
    }
}
