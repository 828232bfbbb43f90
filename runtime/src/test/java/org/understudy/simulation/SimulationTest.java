package org.understudy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.understudy.protocol.Replica;

/**
 * Searches whole groups under virtual time for a broken promise of the protocol (docs/simulation.md).
 *
 * <p>{@code -Dsimulation.seed=N} runs that seed alone, {@code -Dsimulation.minutes=N} searches long, from
 * {@code -Dsimulation.from=N} on.
 */
class SimulationTest {
    private static final long USUAL_SEEDS = 1_500;
    private static final long USUAL_PATIENCE_MILLIS = 180_000;
    private static final long MILLIS_PER_MINUTE = 60_000;

    /** A long search goes on after a failure, so that one hour shows all there is to mend. */
    private static final int FAILURES_TO_END = 50;

    @Test
    void no_promise_is_broken_whatever_goes_wrong() throws InterruptedException {
        Long seed = Long.getLong("simulation.seed");
        if (seed != null) {
            replay(seed);
            return;
        }
        Integer minutes = Integer.getInteger("simulation.minutes");
        Search search = new Search(Replica::new, Mix::of, Long.getLong("simulation.from", 1));
        if (minutes == null) {
            search.upTo(USUAL_SEEDS).searchFor(USUAL_PATIENCE_MILLIS);
        } else {
            search.untilFailures(FAILURES_TO_END).searchFor(minutes * MILLIS_PER_MINUTE);
        }
        System.out.println("simulation: " + search.summary());
        search.failed()
                .ifPresent(failed -> fail("seeds " + search.failedSeeds() + " fail; the first one, shortened: "
                        + new Shortener(Replica::new).shorten(failed).report()));
    }

    private static void replay(long seed) {
        Mix mix = Mix.of(seed)
                .withChaos(Long.getLong("simulation.chaos", Mix.of(seed).chaosMicros()));
        String without = System.getProperty("simulation.without", "");
        for (String kind : without.isEmpty() ? new String[0] : without.split(",")) {
            mix = mix.without(FaultKind.valueOf(kind));
        }
        Result result = Run.of(mix, Replica::new);
        result.failure().ifPresent(failure -> fail(result.report()));
        System.out.println(
                "simulation: seed " + seed + " is clean: " + result.steps() + " steps, faults " + result.faults());
    }

    @Test
    void equal_seeds_give_equal_runs() {
        for (long seed : new long[] {3, 14, 159}) {
            Result first = Run.of(Mix.of(seed), Replica::new);
            Result second = Run.of(Mix.of(seed), Replica::new);
            assertThat(second.traceHash()).as("seed %d", seed).isEqualTo(first.traceHash());
        }
    }

    @Test
    void a_new_kind_of_fault_does_not_reshuffle_the_others() {
        Dice one = new Dice(7);
        Dice other = new Dice(7);
        other.nextLong();
        assertThat(throwThree(one.fork("network"))).isEqualTo(throwThree(other.fork("network")));
        assertThat(throwThree(one.fork("network"))).isNotEqualTo(throwThree(one.fork("disk")));
    }

    private static String throwThree(Dice dice) {
        return Arrays.toString(new long[] {dice.nextLong(), dice.nextLong(), dice.nextLong()});
    }
}
