package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Channel;
import org.understudy.Environment;
import org.understudy.UnavailableException;
import org.understudy.event.ElectionStarted;

/** More messages than there is room for: nothing is lost unsaid, and the group does not notice. */
class ChannelFloodTest {
    private static final int MIB = 1024 * 1024;

    @TempDir
    private Path folder;

    @Test
    void sixty_four_senders_of_large_requests_bring_no_election_and_commits_go_on() throws Exception {
        int senders = 64;
        try (TestGroup group = new TestGroup(folder, 3)) {
            for (int site = 0; site < 3; site++) {
                group.start(site).onMessage(message -> message.reply(message.bytes().length + ""));
            }
            Environment master = group.site(0);
            int elections = group.events(1, ElectionStarted.class).size();
            long generation = master.generation();
            ExecutorService threads = Executors.newFixedThreadPool(senders);
            try (Channel channel = group.site(1).channelToMaster()) {
                List<Future<String>> answers = new ArrayList<>();
                for (int i = 0; i < senders; i++) {
                    answers.add(threads.submit(() -> {
                        String last = "";
                        for (int round = 0; round < 10; round++) {
                            last = channel.request(Duration.ofMinutes(1), (Object) new byte[MIB])
                                    .text();
                        }
                        return last;
                    }));
                }
                for (int i = 0; i < 200; i++) {
                    TestGroup.names(master).put("key" + i, "value");
                }
                for (Future<String> answer : answers) {
                    assertThat(answer.get()).isEqualTo("" + MIB);
                }
            } finally {
                threads.shutdown();
            }
            assertThat(TestGroup.fresh(group.site(1)).channels().answered()).isEqualTo(senders * 10L);
            assertThat(group.events(1, ElectionStarted.class)).hasSize(elections);
            assertThat(master.generation()).isEqualTo(generation);
            assertThat(group.converged()).hasSize(200);
        }
    }

    @Test
    void what_a_slow_handler_can_not_take_is_refused_and_what_was_taken_is_handled() {
        int part = 64 * 1024;
        try (TestGroup group =
                new TestGroup(folder, 2, builder -> builder.maxMessageBytes(MIB).messageQueueBytes(2 * MIB))) {
            group.start(0);
            CountDownLatch release = new CountDownLatch(1);
            AtomicInteger handled = new AtomicInteger();
            group.start(1).onMessage(message -> {
                release.await();
                handled.incrementAndGet();
            });
            Channel channel = group.site(0).channel(group.name(1));
            AtomicInteger taken = new AtomicInteger();
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThatThrownBy(() -> {
                        while (true) {
                            channel.send((Object) new byte[part]);
                            taken.incrementAndGet();
                        }
                    })
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("message-queue"));
            assertThat(TestGroup.fresh(group.site(0)).channels().refused()).isPositive();
            assertThat(TestGroup.fresh(group.site(1)).channels().handlingBytes())
                    .isLessThan(4 * MIB);
            release.countDown();
            await().atMost(TestGroup.PATIENCE).until(() -> handled.get() == taken.get());
            assertThat(TestGroup.fresh(group.site(0)).channels().dropped()).isZero();
        }
    }

    @Test
    void a_site_that_handles_nothing_still_gets_the_answers_it_waits_for() {
        try (TestGroup group =
                new TestGroup(folder, 2, builder -> builder.maxMessageBytes(MIB).messageQueueBytes(MIB))) {
            group.start(0);
            group.start(1).onMessage(message -> message.reply("done"));
            CompletableFuture<String> asked = new CompletableFuture<>();
            CountDownLatch full = new CountDownLatch(1);
            group.site(0).onMessage(message -> {
                full.await();
                asked.complete(group.site(0).channel(group.name(1)).request("x").text());
            });
            Channel flood = group.site(1).channel(group.name(0));
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThatThrownBy(() -> {
                        while (true) {
                            flood.send((Object) new byte[100_000]);
                        }
                    })
                    .isInstanceOf(UnavailableException.class));
            full.countDown();
            assertThat(asked.join()).isEqualTo("done");
        }
    }
}
