package org.understudy.site.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.EnvironmentConfig;
import org.understudy.Place;
import org.understudy.net.AnswerLine;
import org.understudy.net.Handed;
import org.understudy.net.MessageFrame;
import org.understudy.net.MessageFrame.Post;

/** A sender is held up while its messages wait for their handler, and no longer (protocol.md §10). */
@Timeout(60)
class CorrespondenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int QUEUE_BYTES = 1024;

    @TempDir
    private Path home;

    private final MessageCounts counts = new MessageCounts();
    private final CountDownLatch handling = new CountDownLatch(1);
    private Deliveries deliveries;

    @BeforeEach
    void open() {
        EnvironmentConfig config = EnvironmentConfig.builder(home)
                .set("max-message", "1KiB")
                .set("message-queue", "1KiB")
                .build();
        Parts parts = new Parts(Place.of(config), config.partCodec(), QUEUE_BYTES);
        deliveries = new Deliveries(config, parts, counts, sender -> {
            throw new IllegalStateException("nobody sends anything back here");
        });
        deliveries.handlers().add("", message -> handling.await());
    }

    @AfterEach
    void close() {
        handling.countDown();
        deliveries.close();
    }

    private static Post message(int bytes) {
        return new Post(0, "", bytes == 0 ? List.of() : List.of(new byte[bytes]));
    }

    /** The event loop may be held up between finding the inbox full and pausing: by then it may be empty. */
    @Test
    void an_inbox_that_is_emptied_just_before_the_pause_holds_nobody_up_for_ever() {
        LateLine line = new LateLine();
        Correspondence correspondence = new Correspondence(deliveries, line, counts);
        correspondence.posted(message(700));
        correspondence.posted(message(700));
        await().atMost(PATIENCE).until(() -> deliveries.waitingBytes() == 0);
        assertThat(line.paused).isFalse();
    }

    /** A line that pauses only when all that had come is handled. */
    private final class LateLine extends Line {

        @Override
        public void pause() {
            handling.countDown();
            try {
                assertThat(resumed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            super.pause();
        }
    }

    @Test
    void messages_of_no_parts_hold_their_sender_up_as_well() {
        Line line = new Line();
        Correspondence correspondence = new Correspondence(deliveries, line, counts);
        for (int i = 0; i < QUEUE_BYTES && !line.paused; i++) {
            correspondence.posted(message(0));
        }
        assertThat(line.paused).isTrue();
        handling.countDown();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(line.paused).isFalse());
    }

    /** A line that remembers whether it is read. */
    private static class Line implements AnswerLine {
        final CountDownLatch resumed = new CountDownLatch(1);
        volatile boolean paused;

        @Override
        public String site() {
            return "other:1";
        }

        @Override
        public Handed send(MessageFrame frame) {
            return Handed.TAKEN;
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
            resumed.countDown();
        }
    }
}
