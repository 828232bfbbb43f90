package org.understudy.site;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.understudy.BranchId;
import org.understudy.BranchState;
import org.understudy.Place;
import org.understudy.PreparedBranch;
import org.understudy.PreparedStatus;
import org.understudy.store.Store;

/** Looks after the prepared branches that wait: counts them, and warns of one that is in doubt for long (protocol.md §8.1). */
final class PreparedWatch {
    /** A transaction manager that is well decides within seconds, and one that recovers within a few minutes. */
    static final Duration LONG = Duration.ofMinutes(5);

    private static final Logger LOGGER = System.getLogger(PreparedWatch.class.getName());

    private final Place place;
    private final Store store;
    private final Clock clock;
    private final Set<BranchId> warned = new HashSet<>();
    private volatile PreparedStatus status = PreparedStatus.NONE;

    PreparedWatch(Place place, Store store, Clock clock) {
        this.place = place;
        this.store = store;
        this.clock = clock;
    }

    /** What it found when it looked last. */
    PreparedStatus status() {
        return status;
    }

    /** Looks again. By one thread. */
    void look() {
        List<PreparedBranch> branches = store.preparedBranches();
        status = PreparedStatus.of(branches);
        warned.retainAll(branches.stream().map(PreparedBranch::id).toList());
        Instant longAgo = clock.instant().minus(LONG);
        branches.stream()
                .filter(branch -> branch.state() == BranchState.PREPARED)
                .filter(branch -> branch.preparedAt().isBefore(longAgo) && warned.add(branch.id()))
                .forEach(this::warn);
    }

    private void warn(PreparedBranch branch) {
        LOGGER.log(
                Level.WARNING,
                () -> "USTDY-0381 [" + place + "] branch " + branch.id() + ", prepared at " + branch.site() + " at "
                        + branch.preparedAt() + ", is still undecided and holds what it read and writes: have its"
                        + " transaction manager recover, or decide it by hand with Environment.decide; at "
                        + store.applied());
    }
}
