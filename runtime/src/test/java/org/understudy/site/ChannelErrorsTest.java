package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Channel;
import org.understudy.ChannelClosedException;
import org.understudy.ChannelMessage;
import org.understudy.Environment;
import org.understudy.HandlerFailedException;
import org.understudy.Message;
import org.understudy.MessageHandler;
import org.understudy.MessageTooLargeException;
import org.understudy.NoHandlerException;
import org.understudy.NoResponseException;
import org.understudy.RequestTimeoutException;
import org.understudy.UnavailableException;
import org.understudy.event.Subscription;

/** Every outcome of a message or request to another site of a running group (protocol.md §10), each by its own name. */
class ChannelErrorsTest {
    private static final int MAX_MESSAGE = 64 * 1024;

    @TempDir
    private static Path folder;

    private static TestGroup group;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private Environment here;
    private Environment there;
    private Channel channel;

    @BeforeAll
    static void start() {
        group = new TestGroup(
                folder, 2, builder -> builder.maxMessageBytes(MAX_MESSAGE).requestTimeout(Duration.ofSeconds(20)));
        group.start(0);
        group.start(1);
    }

    @AfterAll
    static void stop() {
        group.close();
    }

    @BeforeEach
    void openChannel() {
        here = group.site(0);
        there = group.site(1);
        channel = here.channel(group.name(1));
    }

    @AfterEach
    void closeChannel() {
        channel.close();
        subscriptions.forEach(Subscription::close);
    }

    private void thereHandles(MessageHandler handler) {
        subscriptions.add(there.onMessage(handler));
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(TestGroup.PATIENCE).until(condition::getAsBoolean);
    }

    @Test
    void S78_a_request_is_answered_with_as_many_parts_as_the_handler_gives() {
        thereHandles(message -> message.reply(message.sender(), new byte[0], message.topic(), message.size() + ""));
        Message answer = channel.topic("jobs").request("one", "", new byte[] {2});
        assertThat(answer.sender()).isEqualTo(group.name(1));
        assertThat(answer.topic()).isEqualTo("jobs");
        assertThat(IntStream.range(0, answer.size()).mapToObj(answer::text))
                .containsExactly(group.name(0), "", "jobs", "3");
    }

    @Test
    void S78_no_parts_are_a_request_and_an_answer_too() {
        thereHandles(message -> {
            assertThat(message.size()).isZero();
            message.reply();
        });
        assertThat(channel.request().size()).isZero();
    }

    @Test
    void S78_where_nobody_handles_it_a_request_is_told_so_by_site_and_topic() {
        subscriptions.add(there.onMessage("chat", message -> {}));
        assertThatThrownBy(() -> channel.topic("jobs").request("x"))
                .isInstanceOf(NoHandlerException.class)
                .hasMessageContainingAll(group.name(1), "\"jobs\"");
        assertThatThrownBy(() -> channel.request("x")).isInstanceOfSatisfying(NoHandlerException.class, e -> {
            assertThat(e.target()).isEqualTo(group.name(1));
            assertThat(e.topic()).isEmpty();
        });
    }

    @Test
    void S78_a_message_that_nobody_handles_is_counted_there() {
        long before = there.status().channels().unhandled();
        channel.send("x");
        until(() -> there.status().channels().unhandled() == before + 1);
    }

    @Test
    void S78_a_handler_that_returns_without_an_answer_is_no_response() {
        thereHandles(message -> {});
        assertThatThrownBy(() -> channel.request("x"))
                .isInstanceOf(NoResponseException.class)
                .hasMessageContaining(group.name(1));
    }

    @Test
    void S78_an_answer_after_the_handler_has_returned_is_told_so() throws InterruptedException {
        LinkedBlockingQueue<ChannelMessage> handled = new LinkedBlockingQueue<>();
        thereHandles(handled::add);
        assertThatThrownBy(() -> channel.request("x")).isInstanceOf(NoResponseException.class);
        ChannelMessage message = handled.take();
        assertThatThrownBy(() -> message.reply("y"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("replyLater()");
    }

    @Test
    void S78_an_answer_may_come_later_from_elsewhere() {
        thereHandles(message -> {
            message.replyLater();
            CompletableFuture.runAsync(() -> message.reply("later"));
        });
        assertThat(channel.request("x").text()).isEqualTo("later");
    }

    @Test
    void S78_a_handler_that_throws_fails_the_request_with_what_it_said() {
        thereHandles(message -> {
            throw new IllegalArgumentException("no such job");
        });
        assertThatThrownBy(() -> channel.request("x"))
                .isInstanceOf(HandlerFailedException.class)
                .hasMessageContainingAll(group.name(1), "no such job");
    }

    @Test
    void S78_a_second_answer_is_refused_and_the_first_holds() {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        thereHandles(message -> {
            message.reply("first");
            try {
                message.reply("second");
            } catch (IllegalStateException e) {
                refused.complete(e);
            }
        });
        assertThat(channel.request("x").text()).isEqualTo("first");
        assertThat(refused.join()).hasMessageContaining("has its answer already");
    }

    @Test
    void S78_an_answer_to_a_message_that_wants_none_is_refused() {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        thereHandles(message -> {
            assertThat(message.wantsReply()).isFalse();
            try {
                message.reply("x");
            } catch (IllegalStateException e) {
                refused.complete(e);
            }
        });
        channel.send("x");
        assertThat(refused.join()).hasMessageContaining("wants no answer");
    }

    @Test
    void S78_a_handler_sends_any_number_of_messages_back() {
        List<String> back = new CopyOnWriteArrayList<>();
        subscriptions.add(here.onMessage(message -> back.add(message.sender() + " " + message.text())));
        thereHandles(message -> {
            for (int i = 0; i < 3; i++) {
                message.channelToSender().send("back " + i);
            }
        });
        channel.send("x");
        until(() -> back.size() == 3);
        assertThat(back)
                .containsExactly(group.name(1) + " back 0", group.name(1) + " back 1", group.name(1) + " back 2");
    }

    @Test
    void S78_without_an_answer_in_time_a_request_times_out_and_the_late_answer_is_discarded()
            throws InterruptedException {
        LinkedBlockingQueue<ChannelMessage> held = new LinkedBlockingQueue<>();
        thereHandles(message -> {
            message.replyLater();
            held.add(message);
        });
        // Long enough for the handler to begin: what is over by then is not handled at all.
        assertThatThrownBy(() -> channel.request(Duration.ofSeconds(1), "x"))
                .isInstanceOf(RequestTimeoutException.class)
                .hasMessageContainingAll(group.name(1), "1000 ms");
        ChannelMessage late = held.take();
        until(() -> {
            try {
                late.reply("late");
                return false;
            } catch (IllegalStateException e) {
                return e.getMessage().contains("its sender waits no longer")
                        || e.getMessage().contains("has its answer already");
            }
        });
    }

    @Test
    void S78_a_message_above_the_limit_is_refused_where_it_is_sent() {
        byte[] tooLarge = new byte[MAX_MESSAGE];
        assertThatThrownBy(() -> channel.send((Object) tooLarge))
                .isInstanceOfSatisfying(MessageTooLargeException.class, e -> assertThat(e.maxBytes())
                        .isEqualTo(MAX_MESSAGE));
        assertThatThrownBy(() -> channel.request((Object) tooLarge))
                .isInstanceOf(MessageTooLargeException.class)
                .hasMessageContaining("max-message");
        thereHandles(message -> message.reply(message.bytes().length + ""));
        byte[] largest = new byte[MAX_MESSAGE - 4];
        assertThat(channel.request((Object) largest).text()).isEqualTo("" + largest.length);
    }

    @Test
    void S78_an_answer_above_the_limit_is_refused_there_and_told_here() {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        thereHandles(message -> {
            try {
                message.reply((Object) new byte[MAX_MESSAGE]);
            } catch (MessageTooLargeException e) {
                refused.complete(e);
                throw e;
            }
        });
        assertThatThrownBy(() -> channel.request("x"))
                .isInstanceOfSatisfying(MessageTooLargeException.class, e -> assertThat(e.bytes())
                        .isEqualTo(MAX_MESSAGE + 4))
                .hasMessageContainingAll("The answer of site " + group.name(1));
        assertThat(refused.join()).hasMessageContaining("max-message");
    }

    @Test
    void S78_a_site_that_is_not_connected_is_unavailable() {
        Channel nobody = here.channel("localhost:1");
        assertThatThrownBy(() -> nobody.send("x")).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> nobody.request("x"))
                .isInstanceOfSatisfying(UnavailableException.class, e -> assertThat(e.isRetriable())
                        .isTrue())
                .hasMessageContaining("localhost:1 is not connected");
        assertThat(nobody.requestAsync("x").toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void S78_a_channel_to_all_sends_and_cannot_ask() {
        List<String> came = new CopyOnWriteArrayList<>();
        thereHandles(message -> came.add(message.text()));
        subscriptions.add(here.onMessage(message -> came.add("to itself")));
        Channel all = here.broadcast();
        all.send("x");
        until(() -> came.contains("x"));
        assertThat(came).containsExactly("x");
        assertThatThrownBy(() -> all.request("x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("can't ask");
    }

    @Test
    void S78_closing_the_channel_ends_its_requests() {
        thereHandles(ChannelMessage::replyLater);
        CompletionStage<Message> asked = channel.requestAsync("x");
        channel.close();
        assertThatThrownBy(() -> asked.toCompletableFuture().join()).hasCauseInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> channel.request("x")).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void S78_many_requests_are_outstanding_and_their_answers_come_in_any_order() {
        List<ChannelMessage> held = new CopyOnWriteArrayList<>();
        thereHandles(message -> {
            message.replyLater();
            held.add(message);
        });
        List<CompletableFuture<Message>> asked = IntStream.range(0, 100)
                .mapToObj(i -> channel.requestAsync("" + i).toCompletableFuture())
                .toList();
        until(() -> held.size() == 100);
        for (int i = 99; i >= 0; i--) {
            held.get(i).reply(held.get(i).text());
        }
        for (int i = 0; i < 100; i++) {
            assertThat(asked.get(i).join().text()).isEqualTo("" + i);
        }
    }

    @Test
    void S78_messages_and_requests_of_one_site_are_handled_in_the_order_they_were_sent() {
        List<String> handled = new CopyOnWriteArrayList<>();
        thereHandles(message -> {
            handled.add(message.text());
            if (message.wantsReply()) {
                message.reply();
            }
        });
        Channel other = here.channel(group.name(1));
        for (int i = 0; i < 300; i += 3) {
            channel.send("" + i);
            other.topic("t").requestAsync("" + (i + 1));
            here.broadcast().send("" + (i + 2));
        }
        until(() -> handled.size() == 300);
        assertThat(handled)
                .isEqualTo(IntStream.range(0, 300).mapToObj(i -> "" + i).toList());
    }

    @Test
    void S78_a_slow_handler_holds_up_its_sender_only() {
        CompletableFuture<Void> release = new CompletableFuture<>();
        thereHandles(message -> {
            if (message.sender().equals(group.name(0))) {
                release.join();
            }
            message.reply("done");
        });
        CompletionStage<Message> slow = channel.requestAsync("x");
        try (Channel own = there.channel(group.name(1))) {
            assertThat(own.request("x").text()).isEqualTo("done");
        }
        assertThat(slow.toCompletableFuture()).isNotDone();
        release.complete(null);
        assertThat(slow.toCompletableFuture().join().text()).isEqualTo("done");
    }
}
