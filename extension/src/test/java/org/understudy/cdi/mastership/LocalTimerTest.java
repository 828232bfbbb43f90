package org.understudy.cdi.mastership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalTimerTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final LocalTimer timer = new LocalTimer(START);

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    private Instant arrived(long nowMillis, long nextMillis) {
        return timer.arrived(at(nowMillis), Optional.of(at(nextMillis)));
    }

    @Test
    void the_first_tick_is_taken_to_be_on_time() {
        assertThat(arrived(1_999, 2_000)).isEqualTo(at(1_000));
    }

    @Test
    void and_is_due_before_the_next_however_late_it_comes() {
        assertThat(arrived(3_700, 2_000)).isEqualTo(at(1_000));
    }

    @Test
    void a_later_tick_was_due_when_the_last_one_said_however_late_it_comes() {
        arrived(1_002, 2_000);
        assertThat(arrived(3_500, 3_000)).isEqualTo(at(2_000));
        assertThat(arrived(3_501, 4_000)).isEqualTo(at(3_000));
    }

    @Test
    void what_the_server_left_out_while_a_tick_ran_is_not_taken_for_the_next() {
        arrived(1_000, 2_000);
        timer.begin(at(1_000));
        timer.end(at(3_400));
        assertThat(arrived(4_001, 5_000)).isEqualTo(at(4_000));
    }

    @Test
    void it_remembers_what_was_skipped_and_since_when() {
        SkippedTicks skipped = timer.skipped();
        skipped.add(at(2_000));
        assertThat(skipped.hasSeenAny(at(2_000), at(2_001))).isTrue();
        assertThat(skipped.hasSeenAny(at(1_000), at(2_000))).isFalse();
        assertThat(skipped.mayHaveSeenAny(at(0), at(2_000))).isFalse();
        assertThat(skipped.mayHaveSeenAny(at(-1), at(0))).isTrue();
    }

    @Test
    void it_forgets_the_oldest_and_knows_that_it_has() {
        SkippedTicks skipped = timer.skipped();
        for (int i = 0; i <= SkippedTicks.MAX; i++) {
            skipped.add(at(i));
        }
        assertThat(skipped.hasSeenAny(at(0), at(1))).isFalse();
        assertThat(skipped.mayHaveSeenAny(at(0), at(1))).isTrue();
        assertThat(skipped.hasSeenAny(at(1), at(2))).isTrue();
    }
}
