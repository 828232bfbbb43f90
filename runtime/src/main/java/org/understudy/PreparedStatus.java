package org.understudy;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The branches of distributed transactions that wait for their transaction manager, as they were about a second ago at
 * most.
 *
 * @param undecided how many are prepared and undecided
 * @param byHand how many were decided by hand and are not forgotten yet
 * @param oldest when the undecided one was prepared that has waited longest
 */
public record PreparedStatus(int undecided, int byHand, Optional<Instant> oldest) {

    /** What these branches amount to. */
    public static PreparedStatus of(List<PreparedBranch> branches) {
        List<PreparedBranch> undecided = branches.stream()
                .filter(branch -> branch.state() == BranchState.PREPARED)
                .toList();
        return new PreparedStatus(
                undecided.size(),
                branches.size() - undecided.size(),
                undecided.stream().map(PreparedBranch::preparedAt).min(Comparator.naturalOrder()));
    }

    /** Nothing is prepared. */
    public static final PreparedStatus NONE = new PreparedStatus(0, 0, Optional.empty());
}
