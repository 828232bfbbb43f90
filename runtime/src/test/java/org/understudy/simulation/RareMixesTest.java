package org.understudy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.understudy.protocol.Replica;

/** What the usual mixes seldom come to breaks no promise either; {@code -Dsimulation.from=N} begins with another seed. */
class RareMixesTest {
    private static final long SEEDS = Long.getLong("simulation.rare", 100);
    private static final long PATIENCE_MILLIS = 300_000;

    @Test
    void a_pair_that_loses_sight_of_each_other_while_a_third_comes_in() throws InterruptedException {
        breaksNoPromise(RareMixes::pairs);
    }

    @Test
    void sites_without_forced_writes_that_lose_their_power_one_after_the_other() throws InterruptedException {
        breaksNoPromise(RareMixes::unforced);
    }

    @Test
    void a_small_group_that_grows_and_shrinks_while_processes_die() throws InterruptedException {
        breaksNoPromise(RareMixes::growth);
    }

    @Test
    void sites_that_are_offered_checkpoints_of_all_kinds() throws InterruptedException {
        breaksNoPromise(RareMixes::checkpoints);
    }

    @Test
    void clients_that_are_back_before_what_they_forwarded_has_ended() throws InterruptedException {
        breaksNoPromise(RareMixes::restarts);
    }

    private static void breaksNoPromise(LongFunction<Mix> mixes) throws InterruptedException {
        Search search = new Search(Replica::new, mixes, Long.getLong("simulation.from", 1))
                .upTo(SEEDS)
                .searchFor(PATIENCE_MILLIS);
        assertThat(search.failed().map(Result::report)).isEmpty();
    }
}
