package org.understudy.site;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.BranchId;
import org.understudy.BranchState;
import org.understudy.PreparedBranch;
import org.understudy.PreparedStatus;

/** Looks after the prepared branches that wait: counts them, and warns of one that is in doubt for long (protocol.md §8.1). */
final class PreparedWatch {
    /** A transaction manager that is well decides within seconds, and one that recovers within a few minutes. */
    static final Duration LONG = Duration.ofMinutes(5);

    private final Supplier<Optional<List<PreparedBranch>>> waiting;
    private final Clock clock;
    private final Consumer<PreparedBranch> warning;
    private final Set<BranchId> warned = new HashSet<>();
    private volatile PreparedStatus status = PreparedStatus.NONE;

    /** {@code waiting} tells nothing while nothing can be read; {@code warning} hears once of each that waits for long. */
    PreparedWatch(Supplier<Optional<List<PreparedBranch>>> waiting, Clock clock, Consumer<PreparedBranch> warning) {
        this.waiting = waiting;
        this.clock = clock;
        this.warning = warning;
    }

    /** What it found when it looked last. */
    PreparedStatus status() {
        return status;
    }

    /** Looks again. By one thread. */
    void look() {
        waiting.get().ifPresent(this::look);
    }

    private void look(List<PreparedBranch> branches) {
        status = PreparedStatus.of(branches);
        warned.retainAll(branches.stream().map(PreparedBranch::id).toList());
        Instant longAgo = clock.instant().minus(LONG);
        branches.stream()
                .filter(branch -> branch.state() == BranchState.PREPARED)
                .filter(branch -> branch.preparedAt().isBefore(longAgo) && warned.add(branch.id()))
                .forEach(warning);
    }
}
