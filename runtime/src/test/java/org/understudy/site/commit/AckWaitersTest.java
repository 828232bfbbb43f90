package org.understudy.site.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.InsufficientAcksException;
import org.understudy.OutcomeUnknownException;
import org.understudy.Place;
import org.understudy.protocol.AckProgress;
import org.understudy.store.BlindWrite;

/** Every way a wait for acknowledgements can end is told. */
class AckWaitersTest {
    private static final UUID GROUP = new UUID(1, 2);
    private static final long TIMEOUT_NANOS = 1_000;

    private final List<CommitToken> failures = new ArrayList<>();
    private final AckWaiters waiters = new AckWaiters(
            new Place("test", Optional.of("a:1")), (token, policy, acked, elsewhere) -> failures.add(token));

    private static PendingCommit commit(long lsn, AckPolicy policy) {
        CommitTerms terms = new CommitTerms(policy, false, TIMEOUT_NANOS);
        PendingCommit commit = PendingCommit.staged(BlindWrite.delete("d", new byte[1]), 1, terms);
        commit.written(GROUP, 3, lsn, PendingCommit.ACKED);
        return commit;
    }

    private static AckProgress progress(long quorumLsn, boolean quorumOutOfReach, long ackedByB) {
        long[] satisfied = new long[AckPolicy.values().length];
        boolean[] outOfReach = new boolean[satisfied.length];
        satisfied[AckPolicy.QUORUM.ordinal()] = quorumLsn;
        outOfReach[AckPolicy.QUORUM.ordinal()] = quorumOutOfReach;
        return new AckProgress(3, satisfied, outOfReach, new String[] {"b:1"}, new long[] {ackedByB});
    }

    private static CommitToken outcome(PendingCommit commit) {
        return commit.stage().toCompletableFuture().join();
    }

    private static Throwable failure(PendingCommit commit) {
        try {
            throw new AssertionError("succeeded: " + outcome(commit));
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    @Test
    void a_commit_ends_when_its_policy_reaches_its_lsn() {
        PendingCommit first = commit(7, AckPolicy.QUORUM);
        PendingCommit second = commit(8, AckPolicy.QUORUM);
        waiters.add(List.of(first, second), 0);
        waiters.advance(progress(7, false, 7));
        assertThat(outcome(first)).isEqualTo(new CommitToken(GROUP, 3, 7));
        assertThat(second.isDecided()).isFalse();
        assertThat(waiters.count()).isEqualTo(1);
    }

    @Test
    void each_policy_has_its_own_mark() {
        PendingCommit all = commit(7, AckPolicy.ALL);
        PendingCommit quorum = commit(8, AckPolicy.QUORUM);
        waiters.add(List.of(all, quorum), 0);
        waiters.advance(progress(8, false, 8));
        outcome(quorum);
        assertThat(all.isDecided()).isFalse();
    }

    @Test
    void a_commit_that_comes_after_its_mark_ends_at_once() {
        waiters.advance(progress(9, false, 9));
        PendingCommit commit = commit(9, AckPolicy.QUORUM);
        waiters.add(List.of(commit), 0);
        outcome(commit);
    }

    @Test
    void a_commit_whose_policy_is_out_of_reach_fails_at_once_and_names_who_has_it() {
        PendingCommit commit = commit(7, AckPolicy.QUORUM);
        waiters.add(List.of(commit), 0);
        waiters.advance(progress(6, true, 7));
        assertThat(failure(commit)).isInstanceOfSatisfying(InsufficientAcksException.class, e -> {
            assertThat(e.token().lsn()).isEqualTo(7);
            assertThat(e.ackedSites()).containsExactly("b:1");
        });
        assertThat(failures).containsExactly(new CommitToken(GROUP, 3, 7));
    }

    @Test
    void a_commit_fails_when_its_time_is_over_and_others_wait_on() {
        PendingCommit early = commit(7, AckPolicy.QUORUM);
        PendingCommit late = commit(8, AckPolicy.QUORUM);
        waiters.add(List.of(early), 0);
        waiters.add(List.of(late), 500);
        waiters.expire(999);
        assertThat(early.isDecided()).isFalse();
        waiters.expire(waiters.nextDeadlineNanos());
        assertThat(failure(early)).isInstanceOf(InsufficientAcksException.class);
        assertThat(late.isDecided()).isFalse();
        assertThat(waiters.nextDeadlineNanos()).isEqualTo(1_500);
    }

    @Test
    void nobody_knows_the_outcome_when_mastership_ends() {
        PendingCommit commit = commit(7, AckPolicy.QUORUM);
        waiters.add(List.of(commit), 0);
        waiters.abandon("a test ends it");
        assertThat(failure(commit)).isInstanceOf(OutcomeUnknownException.class).hasMessageContaining("a test ends it");
        assertThat(waiters.count()).isZero();
        assertThat(waiters.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void the_marks_of_a_former_mastership_do_not_count() {
        waiters.advance(progress(9, false, 9));
        waiters.abandon("over");
        PendingCommit commit = commit(9, AckPolicy.QUORUM);
        waiters.add(List.of(commit), 0);
        assertThat(commit.isDecided()).isFalse();
    }

    @Test
    void a_commit_that_lacks_more_than_acknowledgements_waits_for_that_too() {
        PendingCommit commit = commit(7, AckPolicy.QUORUM);
        commit.written(GROUP, 3, 7, PendingCommit.ACKED | PendingCommit.APPLIED);
        waiters.add(List.of(commit), 0);
        waiters.advance(progress(7, false, 7));
        assertThat(commit.isDecided()).isFalse();
        commit.done(PendingCommit.APPLIED);
        outcome(commit);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> outcome(failed(commit(8, AckPolicy.QUORUM))));
    }

    private static PendingCommit failed(PendingCommit commit) {
        commit.fail(() -> new IllegalStateException("first"));
        commit.done(PendingCommit.ACKED);
        return commit;
    }
}
