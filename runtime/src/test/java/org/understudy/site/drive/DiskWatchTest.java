package org.understudy.site.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.understudy.protocol.Input;

/** When the disk is looked at, and what is told of it. */
class DiskWatchTest {
    private static final long LIMIT_MICROS = 10_000_000;

    private final AtomicLong oldestNanos = new AtomicLong();
    private final DiskWatch watch = new DiskWatch(oldestNanos::get, LIMIT_MICROS);
    private final List<Input> told = new ArrayList<>();

    @Test
    void it_is_looked_at_when_what_is_under_way_would_be_too_old() {
        assertThat(watch.nextDeadlineMicros(7)).isEqualTo(Long.MAX_VALUE);
        oldestNanos.set(4_000_000_000L);
        assertThat(watch.nextDeadlineMicros(7)).isEqualTo(7 + 6_000_000);
        oldestNanos.set(11_000_000_000L);
        assertThat(watch.nextDeadlineMicros(7)).isEqualTo(7);
    }

    @Test
    void a_stall_is_told_once_and_its_end_once() {
        watch.tick(told::add);
        oldestNanos.set(9_000_000_000L);
        watch.tick(told::add);
        assertThat(told).isEmpty();
        oldestNanos.set(11_000_000_000L);
        watch.tick(told::add);
        watch.tick(told::add);
        assertThat(told).containsExactly(new Input.DiskPending(11_000_000));
        assertThat(watch.nextDeadlineMicros(7)).isGreaterThan(7).isLessThan(1_000_000);
        oldestNanos.set(1_000_000L);
        watch.tick(told::add);
        watch.tick(told::add);
        assertThat(told).hasSize(2).last().isEqualTo(new Input.DiskPending(0));
    }
}
