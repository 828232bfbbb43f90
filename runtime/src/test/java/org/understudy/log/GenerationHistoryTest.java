package org.understudy.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.Durability;
import org.understudy.Standing;

class GenerationHistoryTest {
    private static final GenerationHistory SAMPLE =
            new GenerationHistory(List.of(mastership(0, 1), mastership(1, 2), mastership(4, 10)));

    @Test
    void each_lsn_has_the_generation_of_the_mastership_it_stands_in() {
        assertThat(SAMPLE.generationAt(0)).isZero();
        assertThat(SAMPLE.generationAt(1)).isZero();
        assertThat(SAMPLE.generationAt(2)).isEqualTo(1);
        assertThat(SAMPLE.generationAt(9)).isEqualTo(1);
        assertThat(SAMPLE.standingAt(10)).isEqualTo(new Standing(4, 10));
        assertThat(SAMPLE.at(0)).isEmpty();
        assertThat(SAMPLE.at(5)).contains(mastership(1, 2));
        assertThat(SAMPLE.last()).contains(mastership(4, 10));
        assertThat(GenerationHistory.EMPTY.last()).isEmpty();
        assertThat(GenerationHistory.EMPTY.standingAt(0)).isEqualTo(Standing.ZERO);
    }

    @Test
    void a_history_is_the_same_after_it_was_written_and_read() {
        ValueWriter out = new ValueWriter();
        SAMPLE.write(out);
        ValueReader in = new ValueReader(out.toByteArray());
        assertThat(GenerationHistory.read(in)).isEqualTo(SAMPLE);
        in.end();
    }

    @Test
    void garbage_is_refused() {
        ValueWriter out = new ValueWriter();
        SAMPLE.write(out);
        Garbage.assertRefused(
                out.toByteArray(),
                MalformedValueException.class,
                bytes -> GenerationHistory.read(new ValueReader(bytes)));
    }

    @Test
    void masterships_out_of_order_are_refused() {
        assertRefused(mastership(2, 5), mastership(2, 6));
        assertRefused(mastership(2, 5), mastership(1, 6));
        assertRefused(mastership(2, 5), mastership(3, 5));
        assertRefused(mastership(2, 5), mastership(3, 4));
    }

    @Test
    void a_cut_history_forgets_the_masterships_above() {
        assertThat(SAMPLE.upTo(9).entries()).containsExactly(mastership(0, 1), mastership(1, 2));
        assertThat(SAMPLE.upTo(10)).isEqualTo(SAMPLE);
        assertThat(SAMPLE.upTo(0)).isEqualTo(GenerationHistory.EMPTY);
    }

    @Test
    void the_first_record_of_a_group_and_of_each_mastership_make_the_history() {
        UUID group = new UUID(7, 7);
        UUID master = new UUID(8, 8);
        MemberTable table = new MemberTable(group, 1, GroupTerms.of(Durability.SYNC, 1), List.of(), List.of());
        RecordBatch batch = new RecordBatchBuilder()
                .add(0, 1, RecordKind.MEMBERSHIP, new MembershipChange(MemberTable.NONE, table).encode())
                .add(3, 2, RecordKind.GENERATION, new GenerationStart(1, new UUID(1, 1), master).encode())
                .add(3, 3, RecordKind.TRANSACTION, new byte[5])
                .add(3, 4, RecordKind.MEMBERSHIP, new MembershipChange(table, table).encode())
                .build();
        GenerationHistory history = GenerationHistory.EMPTY;
        for (LogRecord record : batch) {
            history = history.after(record);
        }
        assertThat(history.entries()).containsExactly(new Mastership(0, group, 1), new Mastership(3, master, 2));
    }

    @Test
    void two_ids_in_one_generation_contradict_each_other() {
        GenerationHistory other = new GenerationHistory(List.of(new Mastership(4, new UUID(9, 9), 12)));
        assertThat(SAMPLE.contradicts(other)).isTrue();
        assertThat(other.contradicts(SAMPLE)).isTrue();
        assertThat(SAMPLE.contradicts(SAMPLE)).isFalse();
        assertThat(SAMPLE.contradicts(new GenerationHistory(List.of(mastership(3, 12)))))
                .isFalse();
    }

    @Test
    void the_match_point_is_the_largest_lsn_below_which_both_logs_are_equal() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 5000; i++) {
            List<Mastership> trunk = grow(random, List.of(), random.nextInt(12));
            List<Mastership> one = grow(random, trunk, random.nextInt(8));
            List<Mastership> other = grow(random, trunk, random.nextInt(8));
            GenerationHistory oneHistory = history(one);
            GenerationHistory otherHistory = history(other);
            long expected = 0;
            while (expected < Math.min(one.size(), other.size())
                    && one.get((int) expected).equals(other.get((int) expected))) {
                expected++;
            }
            assertThat(GenerationHistory.matchPoint(oneHistory, one.size(), otherHistory, other.size()))
                    .as("%s and %s", one, other)
                    .isEqualTo(expected);
            assertThat(GenerationHistory.matchPoint(otherHistory, other.size(), oneHistory, one.size()))
                    .isEqualTo(expected);
        }
    }

    /** A log as the list of the masterships its records were written in, with some records more. */
    private static List<Mastership> grow(SplittableRandom random, List<Mastership> log, int records) {
        List<Mastership> grown = new ArrayList<>(log);
        for (int i = 0; i < records; i++) {
            if (grown.isEmpty() || i == 0 || random.nextInt(3) == 0) {
                long generation =
                        (grown.isEmpty() ? 0 : grown.get(grown.size() - 1).generation()) + 1 + random.nextInt(2);
                UUID id = new UUID(random.nextLong(), random.nextLong());
                grown.add(new Mastership(generation, id, grown.size() + 1L));
            } else {
                grown.add(grown.get(grown.size() - 1));
            }
        }
        return grown;
    }

    private static GenerationHistory history(List<Mastership> log) {
        return new GenerationHistory(log.stream().distinct().toList());
    }

    private static Mastership mastership(long generation, long firstLsn) {
        return new Mastership(generation, new UUID(generation, generation), firstLsn);
    }

    private static void assertRefused(Mastership... entries) {
        assertThatExceptionOfType(MalformedValueException.class)
                .isThrownBy(() -> new GenerationHistory(List.of(entries)));
    }
}
