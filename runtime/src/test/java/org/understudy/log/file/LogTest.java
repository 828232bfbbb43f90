package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.understudy.EnvironmentClosedException;
import org.understudy.Standing;
import org.understudy.log.RecordBatch;

/** Records go into a log, and come out as they were. */
class LogTest extends OpenLog {
    @Test
    void a_new_log_is_empty_and_continues_behind_what_it_was_told() {
        assertThat(log.last()).isEqualTo(Standing.ZERO);
        assertThat(log.startLsn()).isEqualTo(1);
        assertThat(log.forcedLsn()).isZero();
        log.close();
        log = Log.open(new SimulatedDirectory(), options(0), new Standing(7, 100));
        assertThat(log.last()).isEqualTo(new Standing(7, 100));
        assertThat(log.startLsn()).isEqualTo(101);
        log.append(Records.record(7, 101));
        assertThat(log.last()).isEqualTo(new Standing(7, 101));
        assertThat(log.below()).isEqualTo(new Standing(7, 100));
    }

    @Test
    void records_are_read_back_from_every_place() {
        fill(1, 1000);
        for (long from = 1; from <= 1000; from += 13) {
            Records.assertRead(log, from, Math.min(1000, from + 40));
        }
    }

    @Test
    void records_are_read_back_after_reopening() {
        fill(1, 1000);
        log.close();
        log = open();
        assertThat(log.last()).isEqualTo(new Standing(1, 1000));
        assertThat(log.segments()).isGreaterThan(3);
        assertThat(log.recovery().wasTorn()).isFalse();
        Records.assertRead(log, 1, 1000);
        fill(1001, 1100);
        Records.assertRead(log, 990, 1100);
    }

    @Test
    void recent_records_are_read_without_the_disk() {
        log.close();
        log = Log.open(directory, options(1 << 20), Standing.ZERO);
        fill(1, 100);
        directory.failReadsOf(Segment.name(1));
        Records.assertRead(log, 1, 100);
        Records.assertRead(log, 37, 41);
    }

    @Test
    void a_batch_in_memory_is_handed_out_as_it_is() {
        log.close();
        log = Log.open(directory, options(1 << 20), Standing.ZERO);
        RecordBatch batch = Records.batch(1, 1, 10);
        log.append(batch);
        assertThat(log.read(1, 10, 1 << 20)).isSameAs(batch);
    }

    @Test
    void what_does_not_fit_in_memory_is_read_from_the_disk() {
        log.close();
        log = Log.open(directory, options(5000), Standing.ZERO);
        fill(1, 1000);
        Records.assertRead(log, 1, 1000);
        Records.assertRead(log, 995, 1000);
    }

    @Test
    void a_read_keeps_to_its_bounds() {
        log.close();
        log = Log.open(directory, options(20_000), Standing.ZERO);
        fill(1, 600);
        for (long from : new long[] {1, 50, 300, 580, 600}) {
            for (int maxBytes : new int[] {0, 1, 200, 1000, 100_000}) {
                RecordBatch batch = log.read(from, from + 9, maxBytes);
                assertThat(batch.firstLsn()).isEqualTo(from);
                assertThat(batch.lastLsn()).isLessThanOrEqualTo(from + 9);
                assertThat(batch.length() <= maxBytes || batch.count() == 1).isTrue();
            }
        }
        assertThat(log.read(590, 5000, 1 << 20).lastLsn()).isEqualTo(600);
    }

    @Test
    void what_the_log_does_not_hold_is_not_read() {
        fill(1, 10);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> log.read(11, 12, 100));
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> log.read(5, 4, 100));
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> log.read(0, 4, 100));
    }

    @Test
    void a_record_larger_than_a_segment_is_taken() {
        RecordBatch large = Records.of(1, 1, new byte[5 * SEGMENT_BYTES]);
        log.append(large);
        fill(2, 300);
        assertThat(log.read(1, 1, 10).buffer()).isEqualTo(large.buffer());
        log.close();
        log = open();
        assertThat(log.read(1, 300, 10).buffer()).isEqualTo(large.buffer());
        Records.assertRead(log, 2, 300);
    }

    @Test
    void what_does_not_continue_the_log_is_refused() {
        fill(1, 10);
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(Records.record(1, 12)));
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(Records.record(1, 10)));
        log.append(Records.record(3, 11));
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(Records.record(2, 12)));
        log.append(Records.record(3, 12));
        assertThat(log.last()).isEqualTo(new Standing(3, 12));
    }

    @Test
    void a_force_says_how_far_it_reaches() {
        fill(1, 10);
        assertThat(log.force()).isEqualTo(10);
        fill(11, 12);
        assertThat(log.forcedLsn()).isEqualTo(10);
        assertThat(log.force()).isEqualTo(12);
        directory.crash(new SplittableRandom(1));
        log = open();
        assertThat(log.last().lsn()).isEqualTo(12);
    }

    @Test
    void a_closed_log_says_so() {
        fill(1, 10);
        log.close();
        log.close();
        assertThatExceptionOfType(EnvironmentClosedException.class).isThrownBy(() -> fill(11, 11));
        assertThatExceptionOfType(EnvironmentClosedException.class).isThrownBy(log::force);
        assertThatExceptionOfType(EnvironmentClosedException.class).isThrownBy(() -> log.read(1, 1, 1));
        assertThatExceptionOfType(EnvironmentClosedException.class).isThrownBy(() -> log.cut(1));
    }
}
