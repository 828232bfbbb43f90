package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.understudy.BranchId;
import org.understudy.BranchState;
import org.understudy.PreparedBranch;
import org.understudy.PreparedStatus;

/** Somebody hears of a branch that nobody decides, once (protocol.md §8.1). */
class PreparedWatchTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final List<PreparedBranch> waiting = new ArrayList<>();
    private final List<BranchId> warnings = new ArrayList<>();
    private Instant now = BEGIN;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final PreparedWatch watch =
            new PreparedWatch(() -> Optional.of(waiting), clock, branch -> warnings.add(branch.id()));

    private static PreparedBranch branch(String global, BranchState state, Instant since) {
        return new PreparedBranch(new BranchId(1, global, ""), state, "node1:7000", since, 100);
    }

    @Test
    void one_that_waits_for_long_is_warned_of_once_and_one_decided_by_hand_is_not() {
        PreparedBranch old = branch("0a", BranchState.PREPARED, BEGIN);
        waiting.add(old);
        waiting.add(branch("0b", BranchState.COMMITTED_BY_HAND, BEGIN));
        now = BEGIN.plus(PreparedWatch.LONG);
        watch.look();
        assertThat(warnings).isEmpty();
        now = now.plusMillis(1);
        waiting.add(branch("0c", BranchState.PREPARED, now));
        watch.look();
        watch.look();
        assertThat(warnings).containsExactly(old.id());
        now = now.plus(PreparedWatch.LONG).plusMillis(1);
        watch.look();
        assertThat(warnings).containsExactly(old.id(), new BranchId(1, "0c", ""));
    }

    @Test
    void what_waits_is_counted_and_the_oldest_undecided_is_told() {
        waiting.add(branch("0b", BranchState.ROLLED_BACK_BY_HAND, BEGIN));
        waiting.add(branch("0c", BranchState.PREPARED, BEGIN.plusSeconds(2)));
        waiting.add(branch("0d", BranchState.PREPARED, BEGIN.plusSeconds(1)));
        watch.look();
        assertThat(watch.status().undecided()).isEqualTo(2);
        assertThat(watch.status().byHand()).isEqualTo(1);
        assertThat(watch.status().oldest()).contains(BEGIN.plusSeconds(1));
        waiting.clear();
        watch.look();
        assertThat(watch.status()).isEqualTo(PreparedStatus.NONE);
    }
}
