package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Standing;
import org.understudy.WriteFailedException;

/** What a log does about a disk that fails, and about files that are not as it left them. */
class LogDamageTest extends OpenLog {
    @Test
    void a_killed_process_loses_nothing_it_appended() {
        fill(1, 500);
        directory.kill();
        log = open();
        assertThat(log.last().lsn()).isEqualTo(500);
        assertThat(log.forcedLsn()).isEqualTo(500);
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
}
