package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Channel;
import org.understudy.ChannelClosedException;
import org.understudy.ChannelMessage;
import org.understudy.Environment;
import org.understudy.EnvironmentClosedException;
import org.understudy.EnvironmentConfig;
import org.understudy.HandlerFailedException;
import org.understudy.Message;
import org.understudy.NoHandlerException;
import org.understudy.PartCodec;
import org.understudy.RequestTimeoutException;
import org.understudy.UnavailableException;
import org.understudy.event.Subscription;

/** Channels in an environment without a group, which is its own master: what holds wherever a message goes. */
class LocalChannelTest {
    @TempDir
    private Path folder;

    private Environment environment;

    /** A number as four bytes. */
    private static final PartCodec NUMBERS = new PartCodec() {
        @Override
        public byte[] encode(Object part) {
            return part instanceof Integer number
                    ? ByteBuffer.allocate(4).putInt(number).array()
                    : PLAIN.encode(part);
        }

        @Override
        public Object decode(byte[] bytes, Type type) {
            return type == Integer.class ? ByteBuffer.wrap(bytes).getInt() : PLAIN.decode(bytes, type);
        }
    };

    @BeforeEach
    void open() {
        environment = Environment.open(EnvironmentConfig.builder(folder.resolve("home"))
                .partCodec(NUMBERS)
                .build());
    }

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void it_asks_and_answers_itself() {
        environment.onMessage(message -> message.reply("got " + message.text(), message.size()));
        Message answer = environment.channelToMaster().request("one", "two", new byte[] {3});
        assertThat(answer.text()).isEqualTo("got one");
        assertThat(answer.as(1, Integer.class)).isEqualTo(3);
        assertThat(answer.sender()).isEqualTo("default");
        assertThat(environment.status().channels())
                .matches(status -> status.requests() == 1 && status.answered() == 1 && status.received() == 1);
    }

    @Test
    void a_message_may_have_no_parts_and_empty_ones() {
        environment.onMessage(message -> {
            if (message.size() == 0) {
                message.reply();
            } else {
                message.reply(message.bytes(0), message.bytes(1));
            }
        });
        Channel channel = environment.channelToMaster();
        assertThat(channel.request().size()).isZero();
        Message answer = channel.request("", new byte[0]);
        assertThat(answer.size()).isEqualTo(2);
        assertThat(answer.text(0)).isEmpty();
        assertThat(answer.bytes(1)).isEmpty();
        assertThatThrownBy(() -> answer.bytes(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("has 2");
    }

    @Test
    void parts_are_copied_on_their_way() {
        environment.onMessage(message -> message.reply(message.bytes()));
        byte[] part = {1, 2, 3};
        CompletionStage<Message> answer = environment.channelToMaster().requestAsync((Object) part);
        part[0] = 9;
        byte[] got = answer.toCompletableFuture().join().bytes();
        assertThat(got).containsExactly(1, 2, 3);
    }

    @Test
    void a_part_that_the_codec_does_not_know_is_refused() {
        Channel channel = environment.channelToMaster();
        assertThatThrownBy(() -> channel.send("fine", 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Double");
        assertThatThrownBy(() -> channel.send((Object) null)).hasMessageContaining("null");
        environment.onMessage(message -> message.reply("text"));
        Message answer = channel.request();
        assertThatThrownBy(() -> answer.as(0, Double.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Double");
    }

    @Test
    void the_handler_of_a_topic_goes_before_the_one_without() {
        environment.onMessage(message -> message.reply("any of " + message.topic()));
        Subscription jobs = environment.onMessage("jobs", message -> message.reply("jobs"));
        Channel channel = environment.channelToMaster();
        assertThat(channel.request().text()).isEqualTo("any of ");
        assertThat(channel.topic("jobs").request().text()).isEqualTo("jobs");
        assertThat(channel.topic("chat").request().text()).isEqualTo("any of chat");
        jobs.close();
        assertThat(channel.topic("jobs").request().text()).isEqualTo("any of jobs");
    }

    @Test
    void a_second_handler_of_a_topic_is_refused() {
        environment.onMessage("jobs", message -> {});
        assertThatThrownBy(() -> environment.onMessage("jobs", message -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"jobs\" has a handler already");
        Subscription any = environment.onMessage(message -> {});
        assertThatThrownBy(() -> environment.onMessage(message -> {})).isInstanceOf(IllegalStateException.class);
        any.close();
        environment.onMessage(message -> {});
    }

    @Test
    void messages_are_handled_in_order_whatever_their_topic() {
        List<String> handled = new CopyOnWriteArrayList<>();
        environment.onMessage(message -> handled.add(message.text()));
        environment.onMessage("jobs", message -> handled.add(message.text()));
        Channel channel = environment.channelToMaster();
        for (int i = 0; i < 200; i++) {
            channel.topic(i % 2 == 0 ? "" : "jobs").send(String.valueOf(i));
        }
        await().until(() -> handled.size() == 200);
        for (int i = 0; i < 200; i++) {
            assertThat(handled.get(i)).isEqualTo(String.valueOf(i));
        }
    }

    @Test
    void without_a_handler_a_request_says_so_and_a_message_is_counted() {
        Channel channel = environment.channelToMaster().topic("jobs");
        channel.send("lost");
        assertThatThrownBy(() -> channel.request("x"))
                .isInstanceOf(NoHandlerException.class)
                .hasMessageContainingAll("default", "jobs");
        assertThat(environment.status().channels().unhandled()).isEqualTo(2);
    }

    @Test
    void a_timeout_holds_here_too_and_a_late_answer_is_refused() throws InterruptedException {
        SynchronousQueue<ChannelMessage> held = new SynchronousQueue<>();
        environment.onMessage(message -> {
            message.replyLater();
            held.put(message);
        });
        // Long enough for the handler to begin: what is over by then is not handled at all.
        Channel channel = environment.channelToMaster().timeout(Duration.ofSeconds(1));
        CompletionStage<Message> asked = channel.requestAsync("x");
        ChannelMessage message = held.take();
        assertThatThrownBy(() -> asked.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RequestTimeoutException.class);
        assertThatThrownBy(() -> message.reply("late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("over");
        assertThat(environment.status().channels().timeouts()).isEqualTo(1);
    }

    @Test
    void a_handler_that_would_wait_for_itself_is_told() {
        environment.onMessage(message ->
                message.reply(environment.channelToMaster().request("again").text()));
        assertThatThrownBy(() -> environment.channelToMaster().request("x"))
                .isInstanceOf(HandlerFailedException.class)
                .hasMessageContaining("would wait for itself");
    }

    @Test
    void another_site_is_not_connected_and_there_is_nobody_to_broadcast_to() {
        assertThatThrownBy(() -> environment.channel("localhost:7000").request("x"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("localhost:7000 is not connected");
        assertThatThrownBy(() -> environment.channel("nowhere")).isInstanceOf(IllegalArgumentException.class);
        environment.broadcast().send("x");
        assertThat(environment.status().channels().sent()).isZero();
    }

    @Test
    void closing_the_channel_ends_its_requests_and_no_others() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        environment.onMessage(message -> {
            release.await();
            message.reply("done");
        });
        Channel channel = environment.channelToMaster();
        CompletionStage<Message> ended = channel.topic("t").requestAsync("x");
        CompletionStage<Message> other = environment.channelToMaster().requestAsync("x");
        channel.close();
        assertThatThrownBy(() -> ended.toCompletableFuture().join()).hasCauseInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> channel.send("x")).isInstanceOf(ChannelClosedException.class);
        release.countDown();
        assertThat(other.toCompletableFuture().join().text()).isEqualTo("done");
    }

    @Test
    void closing_the_environment_ends_requests_and_refuses_more() {
        environment.onMessage(ChannelMessage::replyLater);
        Channel channel = environment.channelToMaster();
        CompletionStage<Message> asked = channel.requestAsync("x");
        environment.close();
        assertThatThrownBy(() -> asked.toCompletableFuture().join())
                .hasCauseInstanceOf(EnvironmentClosedException.class);
        assertThatThrownBy(() -> channel.send("x")).isInstanceOf(EnvironmentClosedException.class);
        assertThatThrownBy(() -> environment.channelToMaster()).isInstanceOf(EnvironmentClosedException.class);
    }

    @Test
    void a_handler_may_close_the_environment() {
        environment.onMessage(message -> environment.close());
        Channel channel = environment.channelToMaster();
        assertThatThrownBy(() -> channel.request("x")).isInstanceOf(EnvironmentClosedException.class);
    }
}
