package org.understudy;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The branches of distributed transactions that were prepared and wait for their transaction manager's word: a part of an
 * {@link Environment}. They are replicated as everything is, so they survive restarts and changes of the master (protocol.md
 * §8.1). Thread-safe.
 */
public interface PreparedBranches {

    /**
     * The branches that are undecided, or that were decided by hand and not forgotten yet, in this site's newest snapshot;
     * those prepared first come first.
     */
    List<PreparedBranch> prepared();

    /**
     * Decides a prepared branch, and returns once at least a majority has forced that to disk, whatever weaker
     * {@code ack-policy} or {@code durability} there is. Asked on the master, and with {@code forward-writes} on any site. Can be repeated: a decision that stands
     * already is confirmed, with the commit it had, for an hour at least.
     *
     * @return the commit that the decision made
     * @throws BranchException if the branch is in no state for that: unknown, or decided otherwise. That is certain: the
     *     master has proved meanwhile that it is one, and no change of master undoes what the refusal rests on
     * @throws UnavailableException if it would be refused, but the master can't prove within {@code read-timeout} that it is
     *     one; nothing was written: repeat it
     * @throws NotMasterException if this site is not master and does not forward; nothing was written
     * @throws InsufficientAcksException if it stands at the master, but no majority has stored it in time: repeat it
     * @throws OutcomeUnknownException if mastership went meanwhile: repeat it
     */
    CommitToken decide(BranchId branch, BranchDecision decision);

    /** {@link #decide} without waiting. */
    CompletionStage<CommitToken> decideAsync(BranchId branch, BranchDecision decision);
}
