package org.understudy.simulation.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.understudy.protocol.Mutant;
import org.understudy.protocol.Replica;
import org.understudy.simulation.Violation;

/**
 * Searches the orders in which messages, forced writes, commits, elections and a crash can come in a group of three, with
 * the real protocol core (docs/simulation.md). {@code -Dexhaustive.states=N} searches further.
 */
class ExhaustiveTest {
    private static final int STATES = Integer.getInteger("exhaustive.states", 300_000);

    @Test
    void a_commit_and_a_crash_break_no_promise_in_any_order_there_is() {
        ExhaustiveSearch search = search(new Bounds(1, 1, 1, false));
        assertThat(search.broken()).isEmpty();
        assertThat(search.isComplete()).isTrue();
    }

    @Test
    void no_order_of_commits_elections_and_a_crash_breaks_a_promise() {
        assertThat(search(new Bounds(3, 1, 2, false)).broken()).isEmpty();
    }

    @Test
    void no_order_in_which_connections_keep_theirs_breaks_a_promise() {
        assertThat(search(new Bounds(2, 1, 3, true)).broken()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "VOTES_FOR_A_SHORTER_LOG",
                "SKIPS_THE_LOG_MATCH",
                "UNDOES_BELOW_THE_PERMANENT_LSN",
                "COUNTS_THE_MASTERS_OWN_COPY_BEFORE_IT_IS_FORCED",
                "ACCEPTS_RECORDS_FROM_AN_OLD_MASTER_AFTER_VOTING"
            })
    void a_planted_bug_is_found(Mutant mutant) {
        assertThat(Stream.of(new Bounds(2, 0, 1, false), new Bounds(1, 0, 2, true)))
                .anyMatch(bounds -> new ExhaustiveSearch(mutant::replica, bounds, STATES)
                        .search()
                        .broken()
                        .isPresent());
    }

    @ParameterizedTest
    @EnumSource(names = {"ACKS_BEFORE_IT_IS_STORED", "FORGETS_ITS_VOTE_IN_A_CRASH"})
    void a_planted_bug_is_found_at_once(Mutant mutant) {
        Bounds nothing = new Bounds(0, 0, 1, true);
        assertThatExceptionOfType(Violation.class)
                .isThrownBy(() -> new ExhaustiveSearch(mutant::replica, nothing, STATES));
    }

    private static ExhaustiveSearch search(Bounds bounds) {
        ExhaustiveSearch search = new ExhaustiveSearch(Replica::new, bounds, STATES);
        assertThat(search.beginsWithAMaster()).isTrue();
        search.search();
        System.out.println("exhaustive search of " + bounds + ": " + search.summary());
        return search;
    }
}
