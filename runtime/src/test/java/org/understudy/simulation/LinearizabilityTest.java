package org.understudy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.understudy.AckPolicy;
import org.understudy.protocol.ReadGoal;
import org.understudy.protocol.Replica;

/** The general checker, on a register and on the commits of simulated groups. */
class LinearizabilityTest {
    private static final int SHORT = 14;

    @Test
    void a_read_of_the_last_write_is_fine() {
        assertThat(holds(List.of(write(0, 1, 7), read(2, 3, 7)))).isTrue();
    }

    @Test
    void a_read_of_what_was_overwritten_before_it_began_is_not() {
        assertThat(holds(List.of(write(0, 1, 7), write(2, 3, 8), read(4, 5, 7))))
                .isFalse();
    }

    @Test
    void what_overlaps_may_come_in_either_order() {
        assertThat(holds(List.of(write(0, 10, 7), write(0, 10, 8), read(11, 12, 7))))
                .isTrue();
        assertThat(holds(List.of(write(0, 10, 7), write(0, 10, 8), read(11, 12, 8))))
                .isTrue();
    }

    @Test
    void reads_can_not_go_back() {
        assertThat(holds(List.of(write(0, 10, 7), read(1, 2, 7), read(3, 4, 0))))
                .isFalse();
    }

    @Test
    void a_write_that_was_never_answered_may_count_or_not() {
        assertThat(holds(List.of(write(0, Long.MAX_VALUE, 7), read(5, 6, 7)))).isTrue();
        assertThat(holds(List.of(write(0, Long.MAX_VALUE, 7), read(5, 6, 0)))).isTrue();
        assertThat(holds(List.of(write(0, Long.MAX_VALUE, 7), read(5, 6, 7), read(7, 8, 0))))
                .isFalse();
    }

    /** A commit gives back its place in the log, a LATEST read the last place it shows: both rise in the order of real time. */
    @Test
    void commits_and_LATEST_reads_of_simulated_groups_are_linearizable() {
        for (long seed = 1; seed <= 20; seed++) {
            List<Linearizability.Call<Long>> calls = new ArrayList<>();
            Result result = Run.of(Mix.of(seed), Replica::new, (commits, reads) -> {
                commits.stream()
                        .filter(commit -> commit.policy() == AckPolicy.QUORUM)
                        .filter(commit -> commit.outcome() == Operation.Outcome.DONE)
                        .map(LinearizabilityTest::commit)
                        .forEach(calls::add);
                reads.stream()
                        .filter(read -> read.goal() instanceof ReadGoal.Latest && read.isAnswered())
                        .map(LinearizabilityTest::latest)
                        .forEach(calls::add);
            });
            assertThat(result.failure()).isEmpty();
            if (result.lost() > 0) {
                continue; // by power cuts of a majority that forces nothing, as the group said itself
            }
            calls.sort(Comparator.comparingLong(Linearizability.Call::began));
            for (int from = 0; from + SHORT <= calls.size(); from += SHORT / 2) {
                assertThat(new Linearizability<>(calls.subList(from, from + SHORT)).holdsFrom(0L))
                        .as("commits %d to %d of seed %d", from, from + SHORT, seed)
                        .isTrue();
            }
        }
    }

    private static Linearizability.Call<Long> commit(Operation commit) {
        long lsn = commit.token().lsn();
        return new Linearizability.Call<>(
                commit.toString(),
                commit.beganMicros(),
                commit.answeredMicros(),
                last -> lsn > last ? Optional.of(lsn) : Optional.empty());
    }

    private static Linearizability.Call<Long> latest(ReadOperation read) {
        long lsn = read.snapshot().standing().lsn();
        return new Linearizability.Call<>(
                read.toString(),
                read.beganMicros(),
                read.answeredMicros(),
                last -> lsn >= last ? Optional.of(lsn) : Optional.empty());
    }

    private static boolean holds(List<Linearizability.Call<Integer>> calls) {
        return new Linearizability<>(calls).holdsFrom(0);
    }

    private static Linearizability.Call<Integer> write(long began, long answered, int value) {
        return new Linearizability.Call<>("write " + value, began, answered, old -> Optional.of(value));
    }

    private static Linearizability.Call<Integer> read(long began, long answered, int value) {
        return new Linearizability.Call<>(
                "read " + value, began, answered, now -> now == value ? Optional.of(now) : Optional.empty());
    }
}
