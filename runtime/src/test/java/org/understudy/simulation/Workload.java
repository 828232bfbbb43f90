package org.understudy.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.understudy.AckPolicy;

/** Many clients that commit all the time, each commit with a serial of its own, under mixed policies. */
final class Workload implements Observer {
    private static final int MOST_KEYS = 5;
    private static final int MOST_TOGETHER = 6;
    private static final int STRIDE = 7;
    private static final double FORWARDED = 0.25;
    private static final double TO_A_SINGLE_MASTER = 0.15;
    private static final double RETRIED = 0.5;
    private static final long RETRY_MICROS = 300_000;
    private static final AckPolicy[] POLICIES = AckPolicy.values();

    private final World world;
    private final Dice dice;
    private final long meanMicros;
    private final boolean toOldMasters;
    private final Dice retries;
    private final Optional<Dice> forwarding;
    private final List<Operation> history = new ArrayList<>();
    private boolean stopped;

    Workload(World world, Dice dice, long meanMicros, boolean toOldMasters, Optional<Dice> forwarding) {
        this.world = world;
        this.dice = dice;
        this.retries = dice.fork("retries");
        this.meanMicros = meanMicros;
        this.toOldMasters = toOldMasters;
        this.forwarding = forwarding;
    }

    /** Every commit ever tried, in the order they began. */
    List<Operation> history() {
        return history;
    }

    void start() {
        stopped = false;
        world.observer().add(this);
        next();
    }

    @Override
    public void answered(SimulatedSite site, Operation operation) {
        if (operation.outcome() == Operation.Outcome.UNKNOWN && retries.chance(RETRIED)) {
            retry(operation);
        }
    }

    void stop() {
        stopped = true;
    }

    private void next() {
        world.agenda().after(dice.until(meanMicros), () -> {
            if (!stopped) {
                commitSomewhere();
                forwarding.filter(own -> own.chance(FORWARDED)).ifPresent(this::forwardFromSomewhere);
                next();
            }
        });
    }

    private List<SiteProcess> open() {
        List<SiteProcess> open = new ArrayList<>();
        world.sites().forEach(site -> site.process()
                .filter(process -> !process.tail().isClosed() && !site.isPaused())
                .ifPresent(open::add));
        return open;
    }

    private void commitSomewhere() {
        List<SiteProcess> open = open();
        boolean waits = toOldMasters && open.size() == 1 && !dice.chance(TO_A_SINGLE_MASTER);
        if (!open.isEmpty() && !waits) {
            commit(choose(open), dice.below(MOST_TOGETHER) == 0 ? dice.below(MOST_TOGETHER) + 1 : 1);
        }
    }

    private void forwardFromSomewhere(Dice own) {
        List<SiteProcess> up = new ArrayList<>();
        world.sites()
                .forEach(site ->
                        site.process().filter(process -> !site.isPaused()).ifPresent(up::add));
        if (!up.isEmpty()) {
            AckPolicy policy = own.chance(0.5) ? AckPolicy.QUORUM : own.pick(List.of(POLICIES));
            own.pick(up).forwards().begin(operation(policy, own));
        }
    }

    private SiteProcess choose(List<SiteProcess> open) {
        return toOldMasters
                ? open.stream()
                        .min(Comparator.comparingLong(
                                process -> process.disk().ballot().highestGeneration()))
                        .orElseThrow()
                : dice.pick(open);
    }

    /**
     * A client that was told nothing certain writes the same keys anew, wherever it can: at least once. Each attempt has a
     * serial of its own, so both may stand in the log, and what is promised of each is checked.
     */
    private void retry(Operation unknown) {
        world.agenda().after(retries.until(RETRY_MICROS), () -> {
            List<SiteProcess> open = open();
            if (!stopped && !open.isEmpty()) {
                retries.pick(open).tail().commit(List.of(operation(unknown.policy(), unknown.keys())));
            }
        });
    }

    /** Some commits at once on one site. */
    void commit(SiteProcess process, int together) {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < together; i++) {
            AckPolicy policy = dice.chance(0.5) ? AckPolicy.QUORUM : POLICIES[dice.below(POLICIES.length)];
            operations.add(operation(policy));
        }
        process.tail().commit(operations);
    }

    /** A commit of random keys. */
    Operation operation(AckPolicy policy) {
        return operation(policy, dice);
    }

    private Operation operation(AckPolicy policy, Dice from) {
        int[] keys = new int[1 + from.below(MOST_KEYS)];
        int first = from.below(DataImage.KEYS);
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (first + i * STRIDE) % DataImage.KEYS;
        }
        return operation(policy, keys);
    }

    private Operation operation(AckPolicy policy, int[] keys) {
        long[] values = new long[keys.length];
        long serial = history.size() + 1L;
        for (int i = 0; i < keys.length; i++) {
            values[i] = serial * DataImage.KEYS + i;
        }
        Operation operation =
                new Operation(serial, policy, keys, values, world.agenda().now());
        history.add(operation);
        return operation;
    }
}
