package org.understudy.site.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.Standing;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** What is sent in bulk stays within transfer-limit (docs/protocol.md §5). */
class ThrottleTest {
    private static final Peer NEAR = new Peer("near:1", new UUID(1, 1));
    private static final Peer FAR = new Peer("far:1", new UUID(2, 2));
    private static final long SECOND = 1_000_000_000L;

    private final List<String> sent = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private long nanos;

    private Throttle of(long bytesPerSecond) {
        return new Throttle(
                bytesPerSecond,
                () -> nanos,
                (micros, task) -> timers.add(task),
                (to, message) -> sent.add(to.name() + " " + words(message)));
    }

    private static String words(Message message) {
        if (message instanceof Message.Chunk chunk) {
            return "chunk " + chunk.offset();
        }
        return message instanceof Message.RangeAnswer answer ? "range " + answer.request() : "other";
    }

    private static Message.Chunk chunk(long number, int bytes) {
        return new Message.Chunk(1, new UUID(0, 0), 0, number, 0, new byte[bytes]);
    }

    private static Message.RangeAnswer range(long number, int bytes) {
        RecordBatch records = new RecordBatchBuilder()
                .add(1, 1, RecordKind.TRANSACTION, new byte[bytes])
                .build();
        return new Message.RangeAnswer(number, Standing.ZERO, Optional.of(records));
    }

    /** Lets time pass; whoever waits for it is woken. */
    private void after(long span) {
        nanos += span;
        List<Runnable> due = new ArrayList<>(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void without_a_limit_nothing_waits() {
        Throttle throttle = of(0);
        for (int i = 0; i < 10; i++) {
            throttle.send(FAR, chunk(i, 1 << 20));
        }
        assertThat(sent).hasSize(10);
        assertThat(throttle.waits()).isZero();
        assertThat(throttle.rangeBytes(2 << 20)).isEqualTo(2 << 20);
    }

    @Test
    void each_second_brings_no_more_than_the_limit() {
        Throttle throttle = of(1_000);
        for (int i = 0; i < 4; i++) {
            throttle.send(FAR, chunk(i, 1_000));
        }
        assertThat(sent).containsExactly("far:1 chunk 0");
        after(SECOND / 2);
        assertThat(sent).hasSize(1);
        after(SECOND / 2);
        assertThat(sent).hasSize(2);
        after(SECOND);
        after(SECOND);
        assertThat(sent).containsExactly("far:1 chunk 0", "far:1 chunk 1", "far:1 chunk 2", "far:1 chunk 3");
        assertThat(throttle.waits()).isEqualTo(3);
        assertThat(throttle.chunksSent()).isEqualTo(4);
    }

    @Test
    void ranges_go_before_checkpoints_and_only_the_newest_of_a_site() {
        Throttle throttle = of(1_000);
        throttle.send(FAR, chunk(0, 1_000));
        throttle.send(FAR, chunk(1, 1_000));
        throttle.send(NEAR, range(1, 10));
        throttle.send(NEAR, range(2, 10));
        after(SECOND);
        after(SECOND);
        assertThat(sent).containsExactly("far:1 chunk 0", "near:1 range 2", "far:1 chunk 1");
    }

    @Test
    void what_waits_for_a_site_that_begins_anew_is_dropped() {
        Throttle throttle = of(1_000);
        throttle.send(NEAR, chunk(0, 1_000));
        throttle.send(FAR, chunk(1, 1_000));
        throttle.send(NEAR, chunk(2, 1_000));
        throttle.forget(FAR);
        after(SECOND);
        assertThat(sent).containsExactly("near:1 chunk 0", "near:1 chunk 2");
    }

    @Test
    void small_limits_make_small_ranges_and_answers_without_records_never_wait() {
        Throttle throttle = of(400 << 10);
        assertThat(throttle.rangeBytes(2 << 20)).isEqualTo(100 << 10);
        assertThat(throttle.rangeBytes(10)).isEqualTo(10);
        throttle.send(FAR, chunk(0, 1 << 20));
        throttle.send(FAR, new Message.RangeAnswer(7, Standing.ZERO, Optional.empty()));
        assertThat(sent).contains("far:1 range 7");
    }
}
