package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On every history of masters a prepared transaction's keys stay as they are until it is decided, once (protocol.md §8.1). */
class PreparedHistoryTest {
    private static final int STEPS = 200;
    private static final int SEEDS = 5;

    @TempDir
    Path folder;

    private PreparedHistory run(long seed, Function<StoreCore, HeldKeys> restoresHeld) {
        try (PreparedHistory history = new PreparedHistory(folder.resolve("seed" + seed), seed, restoresHeld)) {
            for (int step = 0; step < STEPS; step++) {
                history.step();
            }
            return history;
        }
    }

    @RepeatedTest(SEEDS)
    void what_is_promised_is_kept_and_decided_once(RepetitionInfo seed) {
        PreparedHistory history = run(seed.getCurrentRepetition(), HeldKeys::restored);
        assertThat(history.decisions).isGreaterThan(5);
        assertThat(history.decisionsAtOtherMasters).isPositive();
    }

    /** The planted bug: a new master that does not restore what prepared transactions hold. */
    @Test
    void a_new_master_that_does_not_restore_the_held_keys_is_caught() {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= SEEDS; seed++) {
                        run(seed, core -> HeldKeys.NONE);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s).*(while .* is prepared and undecided|against the commits).*");
    }
}
