package org.understudy.site.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.InsufficientAcksException;
import org.understudy.OutcomeUnknownException;
import org.understudy.Place;
import org.understudy.protocol.AckProgress;

/** Commits of one mastership that wait for other sites, in order of LSN for each policy. Lives on the event loop. */
public final class AckWaiters {

    /** Told of a commit whose policy was not met. */
    public interface FailureListener {

        /** It stands here, and these others have it; {@code elsewhere} if another process of this site committed it. */
        void ackFailed(CommitToken token, AckPolicy policy, Set<String> ackedSites, boolean elsewhere);
    }

    private static final AckPolicy[] POLICIES = AckPolicy.values();

    private final Place place;
    private final FailureListener failures;
    private final List<ArrayDeque<PendingCommit>> byPolicy = new ArrayList<>();
    private volatile Optional<AckProgress> progress = Optional.empty();
    private long earliestDeadlineNanos = Long.MAX_VALUE;
    private int count;

    /** Nobody waits yet. */
    public AckWaiters(Place place, FailureListener failures) {
        this.place = place;
        this.failures = failures;
        for (int i = 0; i < POLICIES.length; i++) {
            byPolicy.add(new ArrayDeque<>());
        }
    }

    /** Whether the sites connected now can't meet a policy; false while this site is no master. Any thread. */
    public boolean outOfReach(AckPolicy policy) {
        return progress.filter(now -> now.outOfReach(policy)).isPresent();
    }

    /** How many wait. */
    public int count() {
        return count;
    }

    /** These commits are written and wait from now on. */
    public void add(List<PendingCommit> commits, long nowNanos) {
        for (PendingCommit commit : commits) {
            commit.startAckTimeout(nowNanos);
            earliestDeadlineNanos = Math.min(earliestDeadlineNanos, commit.ackDeadlineNanos());
            byPolicy.get(commit.policy().ordinal()).addLast(commit);
            count++;
        }
        progress.ifPresent(this::settle);
    }

    /** The acknowledgements went forward, or the sites in reach changed. */
    public void advance(AckProgress next) {
        progress = Optional.of(next);
        settle(next);
    }

    private void settle(AckProgress now) {
        for (int i = 0; i < POLICIES.length && count > 0; i++) {
            if (!byPolicy.get(i).isEmpty()) {
                settle(POLICIES[i], byPolicy.get(i), now);
            }
        }
    }

    private void settle(AckPolicy policy, ArrayDeque<PendingCommit> queue, AckProgress now) {
        long satisfied = now.satisfiedLsn(policy);
        while (!queue.isEmpty() && queue.peek().lsn() <= satisfied) {
            queue.poll().done(PendingCommit.ACKED);
            count--;
        }
        if (!queue.isEmpty() && now.outOfReach(policy)) {
            List<PendingCommit> lost = new ArrayList<>(queue);
            queue.clear();
            count -= lost.size();
            lost.forEach(this::insufficient);
        }
    }

    /** Fails those whose time is over. */
    public void expire(long nowNanos) {
        if (nowNanos < earliestDeadlineNanos) {
            return;
        }
        earliestDeadlineNanos = Long.MAX_VALUE;
        List<PendingCommit> late = new ArrayList<>();
        for (ArrayDeque<PendingCommit> queue : byPolicy) {
            queue.removeIf(commit -> {
                boolean over = commit.ackDeadlineNanos() <= nowNanos;
                if (over) {
                    late.add(commit);
                } else {
                    earliestDeadlineNanos = Math.min(earliestDeadlineNanos, commit.ackDeadlineNanos());
                }
                return over;
            });
        }
        count -= late.size();
        late.forEach(this::insufficient);
    }

    /** When the next one's time may be over; {@link Long#MAX_VALUE} if nobody waits. */
    public long nextDeadlineNanos() {
        return count == 0 ? Long.MAX_VALUE : earliestDeadlineNanos;
    }

    /** The mastership is over: nobody here can say what becomes of those that wait (protocol.md §3.1). */
    public void abandon(String why) {
        for (ArrayDeque<PendingCommit> queue : byPolicy) {
            abandon(queue, why);
            queue.clear();
        }
        count = 0;
        progress = Optional.empty();
        earliestDeadlineNanos = Long.MAX_VALUE;
    }

    /** The same for commits that were written when the mastership ended. */
    public void abandon(Iterable<PendingCommit> commits, String why) {
        commits.forEach(commit -> commit.fail(() -> new OutcomeUnknownException(place, commit.token(), why)));
    }

    private void insufficient(PendingCommit commit) {
        Set<String> acked = progress.map(ackedUpTo(commit.lsn())).orElse(Set.of());
        failures.ackFailed(commit.token(), commit.policy(), acked, commit.isOfSubordinate());
        commit.fail(() -> new InsufficientAcksException(place, commit.token(), commit.policy(), acked));
    }

    private static Function<AckProgress, Set<String>> ackedUpTo(long lsn) {
        return now -> now.ackedBySite().entrySet().stream()
                .filter(site -> site.getValue() >= lsn)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
