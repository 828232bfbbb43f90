package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.understudy.EnvironmentClosedException;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.WriteFailedException;
import org.understudy.log.RecordBatch;

class LogTest {
    private static final int SEGMENT_BYTES = 16 << 10;
    private static final Place PLACE = new Place("test", Optional.of("here:1"));

    private final SimulatedDirectory directory = new SimulatedDirectory();
    private Log log = open();

    @AfterEach
    void close() {
        log.close();
    }

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
    void a_killed_process_loses_nothing_it_appended() {
        fill(1, 500);
        directory.kill();
        log = open();
        assertThat(log.last().lsn()).isEqualTo(500);
        assertThat(log.forcedLsn()).isEqualTo(500);
    }

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

    @Test
    void a_failed_force_is_final_and_never_tried_again() {
        fill(1, 10);
        directory.failForceAfter(0);
        assertThatExceptionOfType(WriteFailedException.class)
                .isThrownBy(log::force)
                .withMessageContaining("here:1")
                .withMessageContaining(Segment.name(1));
        assertThatExceptionOfType(WriteFailedException.class).isThrownBy(log::force);
        assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> fill(11, 11));
        assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> log.cut(5));
        assertThat(log.forcedLsn()).isZero();
        Records.assertRead(log, 1, 10);
    }

    @Test
    void a_full_disk_is_final_and_loses_nothing_that_was_appended() {
        fill(1, 10);
        directory.leaveRoom(3000);
        assertThatExceptionOfType(WriteFailedException.class)
                .isThrownBy(() -> fill(11, 1000))
                .withMessageContaining("no space left");
        long last = log.last().lsn();
        assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> log.append(Records.record(1, last + 1)));
        log.close();
        directory.leaveRoom(Long.MAX_VALUE);
        log = open();
        assertThat(log.last().lsn()).isGreaterThanOrEqualTo(last);
        Records.assertRead(log, 1, last);
        fill(log.last().lsn() + 1, 1000);
    }

    @Test
    void a_torn_end_is_cut() {
        fill(1, 10);
        log.force();
        int length = (int) log.bytes();
        log.append(Records.of(1, 11, new byte[300]));
        directory.kill();
        try (LogFile file = directory.open(Segment.name(1))) {
            file.truncate(length + 200);
        }
        log = open();
        assertThat(log.last().lsn()).isEqualTo(10);
        assertThat(log.recovery()).isEqualTo(new Recovery(new Standing(1, 10), Segment.name(1), length, 200));
        fill(11, 20);
        Records.assertRead(log, 1, 20);
    }

    @Test
    void a_bad_record_before_a_good_one_is_corruption() {
        fill(1, 20);
        log.close();
        directory.flip(Segment.name(1), 8L * 500);
        assertThatExceptionOfType(EnvironmentCorruptedException.class)
                .isThrownBy(this::open)
                .withMessageContaining(Segment.name(1))
                .withMessageContaining("LSN")
                .withMessageContaining("replace=true");
    }

    @Test
    void any_flipped_bit_is_noticed_or_cut_at_the_end() {
        fill(1, 12);
        log.close();
        long bits = 8L * directory.sizeOf(Segment.name(1));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 500; i++) {
            SimulatedDirectory copy = directory.copy();
            copy.flip(Segment.name(1), random.nextLong(bits));
            try (Log damaged = Log.open(copy, options(0), Standing.ZERO)) {
                assertThat(damaged.last().lsn()).isGreaterThanOrEqualTo(11);
                Records.assertRead(damaged, 1, damaged.last().lsn());
            } catch (EnvironmentCorruptedException e) {
                assertThat(e).hasMessageContaining(Segment.name(1));
            }
        }
    }

    @Test
    void a_damaged_old_segment_is_noticed_when_it_is_read() {
        fill(1, 1000);
        log.close();
        directory.flip(Segment.name(1), 8L * 5000);
        log = open();
        assertThatExceptionOfType(EnvironmentCorruptedException.class)
                .isThrownBy(() -> Records.assertRead(log, 1, 200))
                .withMessageContaining(Segment.name(1));
    }

    @Test
    void a_missing_segment_is_corruption_that_names_it() {
        fill(1, 1000);
        log.close();
        String missing = directory.names().get(2);
        directory.delete(missing);
        assertThatExceptionOfType(EnvironmentCorruptedException.class)
                .isThrownBy(this::open)
                .withMessageContaining(missing);
    }

    @Test
    void a_shortened_old_segment_is_corruption() {
        fill(1, 1000);
        log.close();
        String name = directory.names().get(1);
        try (LogFile file = directory.open(name)) {
            file.truncate(file.size() - 1);
        }
        assertThatExceptionOfType(EnvironmentCorruptedException.class)
                .isThrownBy(this::open)
                .withMessageContaining(name);
    }

    @Test
    void a_segment_whose_creation_was_interrupted_is_removed() {
        fill(1, 200);
        log.close();
        directory.create(Segment.name(201)).close();
        log = open();
        assertThat(log.last().lsn()).isEqualTo(200);
        assertThat(directory.names()).doesNotContain(Segment.name(201));
    }

    @Test
    void other_files_in_the_directory_are_left_alone() {
        directory.create("ballot").close();
        directory.create("notes.log").close();
        fill(1, 10);
        log.reset(new Standing(1, 10));
        log.close();
        log = open();
        assertThat(directory.names()).contains("ballot", "notes.log");
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

    private void fill(long from, long to) {
        for (long lsn = from; lsn <= to; lsn++) {
            log.append(Records.record(1, lsn));
        }
    }

    private Log open() {
        return Log.open(directory, options(0), Standing.ZERO);
    }

    private static LogOptions options(int tailBytes) {
        return new LogOptions(PLACE, SEGMENT_BYTES, 4 << 10, tailBytes);
    }
}
