package org.understudy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.understudy.protocol.Mutant;
import org.understudy.protocol.Replica;

/** Each planted bug turns the simulator red: what finds these would find their like. */
class MutantTest {
    private static final long PATIENCE_MILLIS = 300_000;
    private static final long SEEDS = 1_500;
    private static final List<String> CAUGHT = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void is_caught(Mutant mutant) throws InterruptedException {
        Search search = new Search(mutant::replica, seed -> mix(mutant, seed), 1)
                .upTo(SEEDS)
                .searchFor(PATIENCE_MILLIS);
        assertThat(search.failed())
                .as("a run that is red because the protocol %s, in %s", mutant.words(), search.summary())
                .isPresent();
        Result caught = search.failed().get();
        Failure failure = caught.failure().get();
        assertThat(Run.of(caught.mix(), Replica::new).failure())
                .as("the same run without the bug")
                .isEmpty();
        CAUGHT.add(String.format(
                Locale.ROOT,
                "  %-60s seed %4d, step %7d of %9d: %s",
                mutant.words(),
                caught.mix().seed(),
                failure.step(),
                search.steps(),
                failure.promise()));
    }

    /** Every second run is one of contending masters; what only a pair can do wrong, pairs have to show. */
    private static Mix mix(Mutant mutant, long seed) {
        if (mutant == Mutant.LETS_A_PAIR_THAT_IS_NOT_STRICT_GROW_WHILE_THE_PARTNER_IS_AWAY) {
            return Mix.ofPairs(seed);
        }
        return seed % 2 == 0 ? Mix.of(seed) : Mix.ofRivals(seed);
    }

    @AfterAll
    static void tell() {
        System.out.println("mutants caught, by which broken promise:");
        CAUGHT.forEach(System.out::println);
    }
}
