package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Attempts to connect come quickly at first, then ever more slowly, and never at a fixed beat. */
class BackoffTest {
    private static final RandomGenerator MIDDLE = () -> 1L << 63;

    @Test
    void pauses_double_from_a_quick_start_through_the_configured_pause_to_the_longest() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), MIDDLE);

        assertThat(next(backoff, 10)).containsExactly(50L, 100L, 200L, 400L, 800L, 1000L, 2000L, 4000L, 5000L, 5000L);
    }

    @Test
    void a_short_configured_pause_is_kept_from_the_beginning() {
        Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(15), MIDDLE);

        assertThat(next(backoff, 3)).containsExactly(10L, 15L, 15L);
    }

    @Test
    void a_success_begins_anew() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), MIDDLE);
        next(backoff, 5);

        backoff.reset();

        assertThat(backoff.nextMillis()).isEqualTo(50);
    }

    @Test
    void chance_moves_each_pause_by_a_quarter_at_most() {
        Random random = new Random(1);
        List<Long> firsts = LongStream.range(0, 1000)
                .map(i -> new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), random).nextMillis())
                .boxed()
                .toList();

        assertThat(firsts).allSatisfy(first -> assertThat(first).isBetween(37L, 63L));
        assertThat(firsts.stream().distinct().count()).isGreaterThan(20);
    }

    private static List<Long> next(Backoff backoff, int count) {
        return LongStream.range(0, count).map(i -> backoff.nextMillis()).boxed().toList();
    }
}
