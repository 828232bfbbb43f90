package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.understudy.Standing;

/** A log loses its end, its beginning, or all of it. */
class LogCutTest extends OpenLog {
    @Test
    void a_cut_takes_back_the_end_for_good() {
        fill(1, 1000);
        for (long kept : new long[] {999, 800, 799, 300, 1, 0}) {
            log.cut(kept);
            assertThat(log.last()).isEqualTo(new Standing(kept == 0 ? 0 : 1, kept));
            assertThat(log.forcedLsn()).isEqualTo(kept);
            directory.crash(new SplittableRandom(kept));
            log = open();
            assertThat(log.last()).isEqualTo(new Standing(kept == 0 ? 0 : 1, kept));
            if (kept > 0) {
                Records.assertRead(log, 1, kept);
            }
        }
    }

    @Test
    void a_cut_at_every_place_keeps_what_is_below_and_goes_on() {
        fill(1, 400);
        for (long kept = 399; kept > 0; kept -= 7) {
            log.cut(kept);
            log.append(Records.record(2, kept + 1));
            Records.assertRead(log, Math.max(1, kept - 10), kept + 1);
            log.cut(kept);
        }
    }

    @Test
    void records_appended_after_a_cut_take_the_place_of_the_old_ones() {
        log.close();
        log = Log.open(directory, options(1 << 20), Standing.ZERO);
        fill(1, 300);
        log.cut(120);
        log.append(Records.batch(2, 121, 100));
        Records.assertRead(log, 1, 220);
        directory.kill();
        log = open();
        assertThat(log.last()).isEqualTo(new Standing(2, 220));
        Records.assertRead(log, 1, 220);
    }

    @Test
    void a_cut_above_the_end_changes_nothing_and_one_below_the_start_is_refused() {
        log.reset(new Standing(1, 50));
        fill(51, 60);
        log.cut(60);
        log.cut(100);
        assertThat(log.last().lsn()).isEqualTo(60);
        assertThatIllegalArgumentException().isThrownBy(() -> log.cut(49));
        log.cut(50);
        assertThat(log.last()).isEqualTo(new Standing(1, 50));
    }

    @Test
    void trimming_gives_up_whole_segments_only() {
        fill(1, 1000);
        long bytes = log.bytes();
        int segments = log.segments();
        long start = log.trim(500);
        assertThat(start).isBetween(300L, 500L).isEqualTo(log.startLsn());
        assertThat(log.bytes()).isLessThan(bytes);
        assertThat(log.segments()).isLessThan(segments);
        assertThat(log.below()).isEqualTo(new Standing(1, start - 1));
        Records.assertRead(log, start, 1000);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> log.read(start - 1, 1000, 100));
        directory.crash(new SplittableRandom(3));
        log = open();
        assertThat(log.startLsn()).isEqualTo(start);
    }

    @Test
    void the_last_segment_is_never_trimmed() {
        fill(1, 1000);
        long start = log.trim(Long.MAX_VALUE);
        assertThat(log.segments()).isEqualTo(1);
        Records.assertRead(log, start, 1000);
    }

    @Test
    void a_reset_begins_anew_behind_what_an_initialisation_brought() {
        fill(1, 1000);
        log.reset(new Standing(4, 5000));
        assertThat(log.last()).isEqualTo(new Standing(4, 5000));
        assertThat(log.startLsn()).isEqualTo(5001);
        assertThat(log.segments()).isEqualTo(1);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> log.read(1000, 1000, 100));
        log.append(Records.batch(4, 5001, 20));
        log.force();
        directory.crash(new SplittableRandom(5));
        log = open();
        assertThat(log.last()).isEqualTo(new Standing(4, 5020));
        Records.assertRead(log, 5001, 5020);
    }
}
