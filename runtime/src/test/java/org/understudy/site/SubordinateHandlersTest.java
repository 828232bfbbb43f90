package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Channel;
import org.understudy.ChannelMessage;
import org.understudy.Environment;
import org.understudy.HandlerFailedException;
import org.understudy.Message;
import org.understudy.MessageTooLargeException;
import org.understudy.NoHandlerException;
import org.understudy.NoResponseException;
import org.understudy.event.Subscription;

/** Messages that come to a site are handled in a subordinate, too (protocol.md §10, §11). */
class SubordinateHandlersTest {
    @TempDir
    Path folder;

    private static Throwable failureOf(CompletableFuture<Message> request) {
        return catchThrowableOfType(CompletionException.class, request::join).getCause();
    }

    @Test
    void what_another_site_sends_is_handled_in_a_subordinate_in_order_and_answered() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.startAll();
            group.master();
            List<String> heard = new CopyOnWriteArrayList<>();
            List<String> back = new CopyOnWriteArrayList<>();
            group.site(1).onMessage("back", message -> back.add(message.text() + " from " + message.sender()));
            try (Environment second = Environment.open(group.config(0).build());
                    Channel channel = group.site(1).channel(group.name(0)).topic("orders")) {
                second.onMessage("orders", message -> {
                    heard.add(message.text());
                    if (message.wantsReply()) {
                        message.reply("done", message.sender(), new byte[] {7});
                        message.channelToSender().topic("back").send("thanks");
                    }
                });
                List<String> sent =
                        IntStream.range(0, 200).mapToObj(i -> "order " + i).toList();
                sent.forEach(order -> channel.send(order));
                Message answer = channel.request("last");

                assertThat(answer.text()).isEqualTo("done");
                assertThat(answer.text(1)).isEqualTo(group.name(1));
                assertThat(answer.bytes(2)).containsExactly(7);
                assertThat(answer.sender()).isEqualTo(group.name(0));
                assertThat(heard.subList(0, 200)).isEqualTo(sent);
                assertThat(heard).hasSize(201).endsWith("last");
                await().atMost(TestGroup.PATIENCE)
                        .untilAsserted(() -> assertThat(back).containsExactly("thanks from " + group.name(0)));
            }
        }
    }

    @Test
    void a_subordinates_answer_comes_later_or_not_at_all_as_one_of_the_home_does() throws Exception {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment holder = group.start(0);
            BlockingQueue<ChannelMessage> kept = new LinkedBlockingQueue<>();
            try (Environment second = Environment.open(group.config(0).build());
                    Channel channel = holder.channelToMaster()) {
                second.onMessage("later", message -> {
                    message.replyLater();
                    kept.add(message);
                });
                second.onMessage("never", kept::add);
                second.onMessage("failing", message -> {
                    throw new IOException("on purpose");
                });
                second.onMessage("large", message -> message.reply(new byte[17 << 20]));
                second.onMessage("twice", message -> {
                    message.reply("once");
                    assertThatIllegalStateException().isThrownBy(() -> message.reply("again"));
                    kept.add(message);
                });

                CompletableFuture<Message> asked =
                        channel.topic("later").requestAsync("x").toCompletableFuture();
                ChannelMessage open = kept.take();
                assertThat(asked).isNotDone();
                open.reply("at last");
                assertThat(asked.join().text()).isEqualTo("at last");
                assertThatIllegalStateException().isThrownBy(() -> open.reply("again"));

                assertThatExceptionOfType(NoResponseException.class)
                        .isThrownBy(() -> channel.topic("never").request("x"));
                ChannelMessage over = kept.take();
                assertThatIllegalStateException().isThrownBy(() -> over.reply("late"));
                assertThatExceptionOfType(HandlerFailedException.class)
                        .isThrownBy(() -> channel.topic("failing").request("x"))
                        .withMessageContaining("java.io.IOException: on purpose");
                assertThatExceptionOfType(MessageTooLargeException.class)
                        .isThrownBy(() -> channel.topic("large").request("x"));
                assertThat(channel.topic("twice").request("x").text()).isEqualTo("once");
                assertThat(kept.take().topic()).isEqualTo("twice");

                channel.topic("twice").send("x");
                channel.topic("never").send("x");
                ChannelMessage oneWay = kept.take();
                assertThat(oneWay.wantsReply()).isFalse();
                assertThatIllegalStateException().isThrownBy(() -> oneWay.reply("x"));
            }
        }
    }

    @Test
    void a_topic_has_one_handler_in_all_processes_of_a_home_and_the_rest_goes_to_the_one_for_all() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment holder = group.start(0);
            try (Environment second = Environment.open(group.config(0).build());
                    Environment third = Environment.open(group.config(0).build());
                    Channel channel = third.channelToMaster()) {
                holder.onMessage("home", message -> message.reply("home"));
                Subscription registered = second.onMessage("shared", message -> message.reply("second"));
                second.onMessage(message -> message.reply("second for all"));

                assertThatIllegalStateException().isThrownBy(() -> second.onMessage("home", message -> {}));
                assertThatIllegalStateException().isThrownBy(() -> second.onMessage("shared", message -> {}));
                assertThatIllegalStateException().isThrownBy(() -> third.onMessage("shared", message -> {}));
                assertThatIllegalStateException().isThrownBy(() -> holder.onMessage("shared", message -> {}));
                assertThatIllegalStateException().isThrownBy(() -> holder.onMessage(message -> {}));
                assertThat(channel.topic("home").request().text()).isEqualTo("home");
                assertThat(channel.topic("shared").request().text()).isEqualTo("second");
                assertThat(channel.topic("else").request().text()).isEqualTo("second for all");
                assertThat(channel.request().text()).isEqualTo("second for all");

                registered.close();
                third.onMessage("shared", message -> message.reply("third"));
                assertThat(channel.topic("shared").request().text()).isEqualTo("third");
            }
        }
    }

    @Test
    void requests_that_a_subordinate_has_not_answered_end_with_it_and_so_do_its_handlers() throws Exception {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.startAll();
            group.master();
            CountDownLatch busy = new CountDownLatch(2);
            CountDownLatch end = new CountDownLatch(1);
            try (Channel channel = group.site(1).channel(group.name(0))) {
                Environment second = Environment.open(group.config(0).build());
                second.onMessage("later", message -> {
                    message.replyLater();
                    busy.countDown();
                });
                second.onMessage("busy", message -> {
                    busy.countDown();
                    end.await();
                });
                CompletableFuture<Message> later =
                        channel.topic("later").requestAsync("x").toCompletableFuture();
                CompletableFuture<Message> held =
                        channel.topic("busy").requestAsync("x").toCompletableFuture();
                CompletableFuture<Message> behind =
                        channel.topic("busy").requestAsync("y").toCompletableFuture();
                busy.await();

                second.close();

                assertThat(failureOf(later)).isInstanceOf(NoResponseException.class);
                assertThat(failureOf(held)).isInstanceOf(NoResponseException.class);
                assertThat(failureOf(behind)).isInstanceOf(NoHandlerException.class);
                group.site(0).onMessage("busy", message -> message.reply("home"));
                assertThat(channel.topic("busy").request().text()).isEqualTo("home");
            } finally {
                end.countDown();
            }
        }
    }

    @Test
    void handlers_of_subordinates_hold_when_another_process_takes_the_home_over() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.startAll();
            group.master();
            try (Environment second = Environment.open(group.config(0).build());
                    Environment third = Environment.open(group.config(0).build());
                    Channel channel = group.site(1).channel(group.name(0))) {
                second.onMessage("second", message -> message.reply("second"));
                Subscription registered = third.onMessage("third", message -> message.reply("third"));
                second.start();

                group.site(0).close();

                await().atMost(TestGroup.PATIENCE).ignoreExceptions().untilAsserted(() -> {
                    assertThat(channel.topic("second").request().text()).isEqualTo("second");
                    assertThat(channel.topic("third").request().text()).isEqualTo("third");
                });
                assertThatIllegalStateException().isThrownBy(() -> second.onMessage("third", message -> {}));
                registered.close();
                second.onMessage("third", message -> message.reply("second instead"));
                assertThat(channel.topic("third").request().text()).isEqualTo("second instead");
            }
        }
    }
}
