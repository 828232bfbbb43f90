package org.understudy.site.drive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When the wall clock and the monotonic one are said to disagree (protocol.md §4.5). */
class ClockWatchTest {
    private static final long SECOND = 1_000_000;

    private long wall = 500 * SECOND;
    private long monotonic = 7 * SECOND;
    private final ClockWatch watch = new ClockWatch(() -> wall, 1_000, monotonic);

    private boolean pass(long wallMicros, long monotonicMicros) {
        wall += wallMicros;
        monotonic += monotonicMicros;
        return watch.disagree(monotonic);
    }

    @Test
    void clocks_that_drift_as_far_as_allowed_agree() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(pass(SECOND + 1_000, SECOND)).isFalse();
            assertThat(pass(100, 1_000)).isFalse();
        }
    }

    @Test
    void a_machine_that_was_suspended_shows() {
        assertThat(pass(60 * SECOND, 10)).isTrue();
        assertThat(pass(SECOND, SECOND)).as("once").isFalse();
    }

    @Test
    void a_clock_that_is_set_back_shows() {
        assertThat(pass(-SECOND, 10)).isTrue();
    }

    @Test
    void many_small_differences_show_too() {
        boolean shown = false;
        for (int i = 0; i < 50; i++) {
            shown |= pass(10_500, 10_000);
        }
        assertThat(shown).isTrue();
    }
}
