package org.understudy.harness;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.understudy.CommitToken;
import org.understudy.Standing;
import org.understudy.simulation.Violation;

/** The judge of real processes, judged. */
class VerdictTest {
    private static final String SITE = "localhost:1";

    private final Chronicle chronicle = new Chronicle();
    private final Map<Long, Standing> places = new HashMap<>();
    private final Map<Long, Map<Long, Long>> transactions = new TreeMap<>();

    @Test
    void what_the_log_bears_out_is_fine() {
        heard("try 1 0 QUORUM 7=0", "done 1 5 1 1", "try 2 6 QUORUM 7=1", "done 2 9 1 2", "read 10 11 7=2");
        logged(1, 7, 1);
        logged(2, 7, 2);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void a_killed_site_leaves_commits_that_stand_or_do_not() {
        heard("try 1 0 QUORUM 7=0", "try 2 0 QUORUM 8=0");
        logged(1, 7, 1);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void a_commit_that_QUORUM_acknowledged_is_not_lost() {
        heard("try 1 0 QUORUM 7=0", "done 1 5 1 1");
        refusedWith("is lost");
    }

    @Test
    void a_commit_that_a_weaker_policy_acknowledged_is_not_lost_in_silence() {
        heard("try 1 0 NONE 7=0", "done 1 5 1 1");
        refusedWith("nobody was told");
    }

    @Test
    void a_commit_whose_loss_was_told_may_be_gone() {
        heard("try 1 0 NONE 7=0", "done 1 5 1 1", "undone " + new CommitToken(CommitToken.NONE.group(), 1, 1));
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void a_commit_stands_on_what_it_read() {
        heard("try 1 0 QUORUM 7=0", "try 2 0 QUORUM 7=0", "done 1 5 1 1", "done 2 5 1 2");
        logged(1, 7, 1);
        logged(2, 7, 2);
        refusedWith("read 0 in register 7");
    }

    @Test
    void a_snapshot_that_mixes_two_moments_is_found() {
        heard("try 1 0 QUORUM 7=0,8=0", "done 1 5 1 1", "try 2 6 QUORUM 7=1,8=1", "done 2 9 1 2", "read 10 11 7=2,8=1");
        logged(1, 7, 1);
        transactions.get(1L).put(8L, 1L);
        logged(2, 7, 2);
        transactions.get(2L).put(8L, 2L);
        refusedWith("showed 1 in register 8");
    }

    @Test
    void a_commit_that_stands_before_one_answered_before_it_began_is_found() {
        heard("try 1 6 QUORUM 7=0", "done 1 9 1 1", "try 2 0 QUORUM 8=0", "done 2 5 1 2");
        logged(1, 7, 1);
        logged(2, 8, 2);
        refusedWith("began after");
    }

    @Test
    void a_LATEST_that_shows_every_answered_commit_is_fine_and_may_show_newer_ones() {
        heard("try 1 0 QUORUM 0=0", "done 1 5 1 1", "latest 6 8 0 0=1", "try 2 6 QUORUM 0=1", "latest 7 12 0 0=2");
        logged(1, 0, 1);
        logged(2, 0, 2);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void a_LATEST_that_misses_an_answered_commit_is_found() {
        heard("try 1 0 QUORUM 0=0", "done 1 5 1 1", "latest 6 8 0");
        logged(1, 0, 1);
        refusedWith("acknowledged before it began");
    }

    @Test
    void a_LATEST_that_shows_what_is_undone_later_is_found() {
        heard("try 1 0 QUORUM 0=0", "latest 6 8 0 0=1");
        refusedWith("shows what was undone");
    }

    private void heard(String... lines) {
        for (String line : lines) {
            chronicle.heard(SITE, line);
        }
    }

    private void logged(long lsn, long register, long serial) {
        places.put(serial, new Standing(1, lsn));
        transactions.put(lsn, new TreeMap<>(Map.of(register, serial)));
    }

    private void check() {
        new Verdict(chronicle, places, transactions).check();
    }

    private void refusedWith(String words) {
        assertThatThrownBy(this::check).isInstanceOf(Violation.class).hasMessageContaining(words);
    }
}
