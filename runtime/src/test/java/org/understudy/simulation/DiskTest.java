package org.understudy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.log.GenerationStart;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/** The simulated disk must be as honest as the real one, or the simulator finds what isn't there. */
class DiskTest {
    private final Disk disk = new Disk(new Place("simulated", Optional.of("a:1")), new Dice(1));

    @Test
    void an_undo_that_is_finished_is_not_done_again_when_its_record_comes_back() {
        disk.open();
        write(generation());
        write(transaction(2, 1));
        write(transaction(3, 2));
        disk.undo(new Standing(1, 2));
        disk.log().cut(2);
        disk.store().settled();

        write(transaction(3, 2));
        disk.kill();

        assertThat(disk.open().last()).isEqualTo(new Standing(1, 3));
    }

    @Test
    void an_undo_that_a_crash_left_half_done_is_finished() {
        disk.open();
        write(generation());
        write(transaction(2, 1));
        disk.undo(new Standing(1, 1));
        disk.kill();

        assertThat(disk.open().last()).isEqualTo(new Standing(1, 1));
    }

    private void write(RecordBatch records) {
        disk.log().append(records);
        disk.store().apply(records);
    }

    private static RecordBatch generation() {
        GenerationStart start = new GenerationStart(1, new UUID(1, 1), new UUID(2, 2));
        return new RecordBatchBuilder()
                .add(1, 1, RecordKind.GENERATION, start.encode())
                .build();
    }

    private static RecordBatch transaction(long lsn, long serial) {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        new Changes(serial, new int[] {1}, new long[] {serial}, new long[] {serial - 1}, List.of())
                .write(builder, 1, lsn);
        return builder.build();
    }
}
