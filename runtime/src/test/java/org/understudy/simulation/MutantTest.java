package org.understudy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.understudy.protocol.Mutant;
import org.understudy.protocol.Replica;

/** Each planted bug turns the simulator red: what finds these would find their like. */
class MutantTest {
    private static final long PATIENCE_MILLIS = 300_000;
    private static final long SEEDS = 1_500;
    private static final Path HOPELESS =
            Path.of("src", "test", "resources", "scenarios", "a-nominee-that-cannot-win-is-left-out.txt");
    private static final List<String> CAUGHT = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOMINATES_THE_SAME_HOPELESS_SITE_EACH_TIME")
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

    /** Only where one that ranks first can win neither with what others know nor without; the scenario tells how. */
    @Test
    void who_nominates_the_same_hopeless_site_each_time_elects_nobody() throws IOException {
        List<String> scenario = Files.readAllLines(HOPELESS);
        assertThatThrownBy(() -> ScenarioFile.replay(
                        scenario, new ScenarioStage(Mutant.NOMINATES_THE_SAME_HOPELESS_SITE_EACH_TIME::replica)))
                .hasMessageContaining("in vain: b CLIENT");
    }

    /** Every second run is one of contending masters; what those seldom come to has mixes of its own. */
    private static Mix mix(Mutant mutant, long seed) {
        return switch (mutant) {
            case LETS_A_PAIR_THAT_IS_NOT_STRICT_GROW_WHILE_THE_PARTNER_IS_AWAY -> RareMixes.pairs(seed);
            case VOTES_AND_ACKNOWLEDGES_WHILE_BARRED -> RareMixes.unforced(seed);
            case REFUSES_TO_VOTE_WHILE_IT_BELIEVES_TO_BE_JOINING -> RareMixes.growth(seed);
            case INSTALLS_A_CHECKPOINT_OLDER_THAN_WHAT_IT_ACKED, INSTALLS_HALF_A_CHECKPOINT ->
                RareMixes.checkpoints(seed);
            case USES_A_SESSION_NUMBER_AGAIN_AFTER_A_RESTART -> RareMixes.restarts(seed);
            default -> seed % 2 == 0 ? Mix.of(seed) : Mix.ofRivals(seed);
        };
    }

    @AfterAll
    static void tell() {
        System.out.println("mutants caught, by which broken promise:");
        CAUGHT.forEach(System.out::println);
    }
}
