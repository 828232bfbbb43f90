package org.understudy.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.understudy.Standing;
import org.understudy.protocol.ReadGoal;

/** Many clients that read with every consistency at every site, and ask what became of commits. */
final class ReadWorkload {
    private static final int RECENT = 40;
    private static final long LONGEST_AGE_MICROS = 3_000_000;
    private static final long LONGEST_WAIT_MICROS = 2_000_000;

    private final World world;
    private final Dice dice;
    private final List<Operation> commits;
    private final ReadsKeepTheirWord judge;
    private final long meanMicros;
    private final List<ReadOperation> reads = new ArrayList<>();
    private boolean stopped;

    /** {@code commits} grows as they begin. */
    ReadWorkload(World world, Dice dice, List<Operation> commits, ReadsKeepTheirWord judge) {
        this.world = world;
        this.dice = dice;
        this.commits = commits;
        this.judge = judge;
        this.meanMicros = dice.magnitude(20_000, 1_000_000);
    }

    /** Every read ever tried, in the order they began. */
    List<ReadOperation> history() {
        return reads;
    }

    void start() {
        stopped = false;
        next();
    }

    void stop() {
        stopped = true;
    }

    private void next() {
        world.agenda().after(dice.until(meanMicros), () -> {
            if (!stopped) {
                readSomewhere();
                next();
            }
        });
    }

    private void readSomewhere() {
        List<SiteProcess> running = world.sites().stream()
                .filter(site -> !site.isPaused())
                .flatMap(site -> site.process().stream())
                .toList();
        if (!running.isEmpty()) {
            read(dice.pick(running));
        }
    }

    private void read(SiteProcess process) {
        switch (dice.below(6)) {
            case 0 -> reads.add(process.readers().read(new ReadGoal.Permanent()));
            case 1 -> reads.add(process.readers().read(new ReadGoal.Within(dice.magnitude(1_000, LONGEST_AGE_MICROS))));
            case 2 ->
                recentCommit().ifPresent(commit -> reads.add(process.readers().read(new ReadGoal.AtLeast(commit))));
            case 3 -> recentCommit().ifPresent(commit -> ask(process, commit));
            default -> reads.add(process.readers().read(new ReadGoal.Latest()));
        }
    }

    private void ask(SiteProcess process, Standing commit) {
        long timeout = dice.chance(0.5) ? 0 : dice.between(1, LONGEST_WAIT_MICROS);
        process.readers().ask(commit, timeout, outcome -> judge.outcome(process.site(), commit, outcome));
    }

    private Optional<Standing> recentCommit() {
        if (commits.isEmpty()) {
            return Optional.empty();
        }
        Operation commit = commits.get(commits.size() - 1 - dice.below(Math.min(RECENT, commits.size())));
        boolean written = !commit.token().equals(Standing.ZERO) && judge.knows(commit.token());
        return written ? Optional.of(commit.token()) : Optional.empty();
    }
}
