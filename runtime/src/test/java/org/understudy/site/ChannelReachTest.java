package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Channel;
import org.understudy.ChannelMessage;
import org.understudy.Environment;
import org.understudy.EnvironmentClosedException;
import org.understudy.Message;
import org.understudy.UnavailableException;

/** Whom a channel reaches while sites come, go, and take mastership from each other (protocol.md §10). */
class ChannelReachTest {
    @TempDir
    private Path folder;

    private final Map<String, List<String>> came = new ConcurrentHashMap<>();

    /** Answers with its own name and remembers what came. */
    private void answering(Environment environment) {
        String name = environment.config().localSite().orElseThrow();
        environment.onMessage(message -> {
            came(name).add(message.text());
            if (message.wantsReply()) {
                message.reply(name);
            }
        });
    }

    private List<String> came(String site) {
        return came.computeIfAbsent(site, name -> new CopyOnWriteArrayList<>());
    }

    private static void untilConnected(ThrowingCallable call) {
        await().atMost(TestGroup.PATIENCE)
                .ignoreExceptionsInstanceOf(UnavailableException.class)
                .untilAsserted(() -> {
                    try {
                        call.call();
                    } catch (UnavailableException e) {
                        throw e;
                    } catch (Throwable e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private static void isUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(UnavailableException.class);
    }

    @Test
    void S78_the_master_channel_follows_the_master_away_and_back_and_loops_back_on_it() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            for (int site = 0; site < 3; site++) {
                answering(group.start(site));
            }
            Channel here = group.site(0).channelToMaster();
            Channel aside = group.site(2).channelToMaster();
            assertThat(here.request("a").text()).isEqualTo(group.name(0));
            assertThat(aside.request("b").text()).isEqualTo(group.name(0));
            assertThat(came(group.name(0))).containsExactly("a", "b");
            for (int master : new int[] {1, 2, 0}) {
                group.site(group.indexOf(group.master())).transferMastership(group.name(master));
                group.master();
                List<String> before = List.copyOf(came(group.name((master + 1) % 3)));
                assertThat(here.request("x").text()).isEqualTo(group.name(master));
                assertThat(aside.request("y").text()).isEqualTo(group.name(master));
                assertThat(came(group.name((master + 1) % 3))).isEqualTo(before);
            }
            here.close();
            aside.close();
        }
    }

    @Test
    void S78_without_a_master_the_master_channel_is_unavailable_and_then_goes_on() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            for (int site = 0; site < 3; site++) {
                answering(group.start(site));
            }
            Channel channel = group.site(2).channelToMaster();
            assertThat(channel.request("x").text()).isEqualTo(group.name(0));
            group.site(0).removeSite(group.name(1));
            group.close(1);
            group.close(0);
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> group.site(2).master().isEmpty());
            assertThatThrownBy(() -> channel.request("x"))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("No master is known");
            answering(group.start(0));
            String master = group.name(group.indexOf(group.master()));
            untilConnected(() -> assertThat(channel.request("x").text()).isEqualTo(master));
        }
    }

    @Test
    void S78_a_channel_to_a_site_works_again_when_that_is_back() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.start(0);
            answering(group.start(1));
            Channel channel = group.site(0).channel(group.name(1));
            assertThat(channel.request("x").text()).isEqualTo(group.name(1));
            group.close(1);
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> isUnavailable(() -> channel.send("lost")));
            isUnavailable(() -> channel.request("lost"));
            Environment again = group.open(1);
            answering(again);
            again.startAsync();
            untilConnected(() -> assertThat(channel.request("again").text()).isEqualTo(group.name(1)));
            assertThat(came(group.name(1))).containsExactly("x", "again");
        }
    }

    @Test
    void S78_a_request_whose_site_goes_meanwhile_ends_at_once_and_may_have_been_handled() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.start(0);
            CompletableFuture<ChannelMessage> held = new CompletableFuture<>();
            group.start(1).onMessage(message -> {
                message.replyLater();
                held.complete(message);
            });
            CompletableFuture<Message> asked = group.site(0)
                    .channel(group.name(1))
                    .requestAsync(Duration.ofHours(1), "x")
                    .toCompletableFuture();
            held.join();
            group.close(1);
            assertThatThrownBy(asked::join)
                    .cause()
                    .isInstanceOfSatisfying(UnavailableException.class, e -> assertThat(e.isRetriable())
                            .isFalse())
                    .hasMessageContaining("may have been handled");
            assertThatThrownBy(() -> held.join().reply("late"))
                    .isInstanceOfAny(IllegalStateException.class, UnavailableException.class);
        }
    }

    @Test
    void S78_a_site_that_is_closing_says_so_to_those_it_does_not_handle_any_more() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.start(0);
            CompletableFuture<Void> release = new CompletableFuture<>();
            CompletableFuture<Void> begun = new CompletableFuture<>();
            Environment closing = group.start(1);
            closing.onMessage(message -> {
                begun.complete(null);
                release.join();
                message.reply("done");
            });
            Channel own = closing.channel(group.name(0));
            Channel channel = group.site(0).channel(group.name(1));
            CompletableFuture<Message> first = channel.requestAsync("x").toCompletableFuture();
            CompletableFuture<Message> second = channel.requestAsync("y").toCompletableFuture();
            begun.join();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> group.close(1));
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThatThrownBy(() -> own.send("z"))
                    .isInstanceOf(EnvironmentClosedException.class));
            release.complete(null);
            assertThat(first.join().text()).isEqualTo("done");
            assertThatThrownBy(second::join)
                    .hasCauseInstanceOf(UnavailableException.class)
                    .hasMessageContaining("is closing");
            closed.join();
        }
    }

    @Test
    void S78_closing_the_environment_ends_its_own_requests() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.start(0);
            group.start(1).onMessage(ChannelMessage::replyLater);
            Channel channel = group.site(0).channel(group.name(1));
            CompletableFuture<Message> asked = channel.requestAsync("x").toCompletableFuture();
            group.close(0);
            assertThatThrownBy(asked::join).hasCauseInstanceOf(EnvironmentClosedException.class);
            assertThatThrownBy(() -> channel.send("x")).isInstanceOf(EnvironmentClosedException.class);
        }
    }

    @Test
    void a_view_asks_and_is_asked() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            answering(group.start(0));
            Environment view = group.open(1, builder -> builder.view(true));
            view.start();
            answering(view);
            assertThat(view.channelToMaster().request("x").text()).isEqualTo(group.name(0));
            assertThat(group.site(0).channel(group.name(1)).request("y").text()).isEqualTo(group.name(1));
        }
    }

    @Test
    void a_removed_site_reaches_nobody_and_nobody_reaches_it() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            for (int site = 0; site < 3; site++) {
                answering(group.start(site));
            }
            Channel to = group.site(0).channel(group.name(2));
            Channel from = group.site(2).channel(group.name(0));
            to.request("x");
            from.request("y");
            group.site(0).removeSite(group.name(2));
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> {
                isUnavailable(() -> to.send("x"));
                isUnavailable(() -> from.send("y"));
            });
        }
    }

    @Test
    void a_broken_connection_ends_what_waits_and_the_next_one_carries_on() {
        try (ProxiedGroup proxied = new ProxiedGroup(folder, 3, builder -> builder)) {
            TestGroup group = proxied.sites();
            for (int site = 0; site < 3; site++) {
                group.start(site);
            }
            answering(group.site(2));
            CompletableFuture<ChannelMessage> held = new CompletableFuture<>();
            group.site(1).onMessage("held", message -> {
                message.replyLater();
                held.complete(message);
            });
            answering(group.site(1));
            Channel channel = group.site(2).channel(group.name(1));
            untilConnected(() -> assertThat(channel.request("first").text()).isEqualTo(group.name(1)));
            CompletableFuture<Message> asked =
                    channel.topic("held").requestAsync(Duration.ofHours(1), "x").toCompletableFuture();
            held.join();
            proxied.isolate(group.name(1));
            assertThatThrownBy(asked::join).hasCauseInstanceOf(UnavailableException.class);
            proxied.heal(group.name(1));
            untilConnected(() -> assertThat(channel.request("again").text()).isEqualTo(group.name(1)));
        }
    }
}
