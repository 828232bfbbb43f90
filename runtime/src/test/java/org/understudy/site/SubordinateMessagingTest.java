package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Channel;
import org.understudy.ChannelClosedException;
import org.understudy.Environment;
import org.understudy.HandlerFailedException;
import org.understudy.Message;
import org.understudy.NoHandlerException;
import org.understudy.UnavailableException;

/** A subordinate sends and asks through the process that has the home (protocol.md §10, §11). */
class SubordinateMessagingTest {
    @TempDir
    Path folder;

    @Test
    void messages_and_requests_leave_in_order_and_answers_come_back() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.startAll();
            group.master();
            List<String> heard = new CopyOnWriteArrayList<>();
            group.site(1).onMessage("orders", message -> {
                heard.add(message.text());
                if (message.wantsReply()) {
                    message.reply("done", message.text(), message.sender());
                }
            });
            try (Environment second = Environment.open(group.config(0).build());
                    Channel channel = second.channel(group.name(1)).topic("orders")) {
                CompletableFuture<Message> asked = channel.requestAsync("one").toCompletableFuture();
                channel.send("two");
                Message answer = asked.join();
                assertThat(answer.size()).isEqualTo(3);
                assertThat(answer.text(1)).isEqualTo("one");
                assertThat(answer.text(2)).isEqualTo(group.name(0));
                assertThat(answer.sender()).isEqualTo(group.name(1));
                assertThat(channel.request("three").text()).isEqualTo("done");
                second.broadcast().topic("orders").send("four");
                await().atMost(TestGroup.PATIENCE)
                        .untilAsserted(() -> assertThat(heard).containsExactly("one", "two", "three", "four"));
            }
        }
    }

    @Test
    void what_goes_wrong_with_a_request_is_told_as_in_the_process_that_has_the_home() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment holder = group.start(0);
            holder.onMessage("failing", message -> {
                throw new IllegalStateException("on purpose");
            });
            try (Environment second = Environment.open(group.config(0).build())) {
                Channel channel = second.channelToMaster();
                assertThatExceptionOfType(NoHandlerException.class)
                        .isThrownBy(() -> channel.topic("nobody").request());
                assertThatExceptionOfType(HandlerFailedException.class)
                        .isThrownBy(() -> channel.topic("failing").request());
                assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(() -> second.channel("localhost:1").send("x"));
                channel.close();
                assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.send("x"));
            }
        }
    }
}
