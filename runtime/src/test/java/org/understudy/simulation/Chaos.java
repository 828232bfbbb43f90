package org.understudy.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.understudy.protocol.Input;

/** Lets things go wrong, each kind at its own pace and by its own dice. */
final class Chaos implements Interference {
    private static final long SHORTEST_MICROS = 10_000;
    private static final long LONGEST_MICROS = 15_000_000;
    private static final long LONGEST_DOWN_MICROS = 8_000_000;
    private static final double HURRIED = 0.4;
    private static final long HURRY_MICROS = 50_000;
    private static final double MASTERS_TURN = 0.7;
    private static final long LONGEST_OPENING_MICROS = 5_000_000;

    private final World world;
    private final Mix mix;
    private final People people;
    private final LostMajority lostMajority;
    private final NetworkFaults network;
    private final Takeovers takeovers;
    private final Dice ambush;
    private final List<Trap> traps = new ArrayList<>();
    private boolean stopped = true;
    private int era;

    /** Waits for a moment in a site's life to kill it there. */
    private record Trap(String site, FaultKind kind, int countdown) {}

    Chaos(World world, Mix mix, People people, LostMajority lostMajority) {
        this.world = world;
        this.mix = mix;
        this.people = people;
        this.lostMajority = lostMajority;
        this.network = new NetworkFaults(world);
        this.takeovers = new Takeovers(world, () -> !stopped);
        this.ambush = new Dice(mix.seed()).fork("ambush");
        world.interfere(this);
        world.observer().add(new AckHoarder(world, new Dice(mix.seed()).fork("hoarder")));
    }

    void start() {
        stopped = false;
        era++;
        allow(FaultKind.REPLAYED_FRAME);
        allow(FaultKind.HOARDED_ACK);
        allow(FaultKind.DUPLICATED_FRAME);
        allow(FaultKind.REORDERED_FRAME);
        allow(FaultKind.STALE_CHECKPOINT);
        allow(FaultKind.DAMAGED_CHECKPOINT);
        for (FaultKind kind : FaultKind.values()) {
            if (mix.has(kind) && kind.meanMicros() > 0) {
                next(
                        kind,
                        new Dice(mix.seed()).fork(kind.name() + era),
                        mix.meanMicros().get(kind));
            }
        }
    }

    private void allow(FaultKind kind) {
        if (mix.has(kind)) {
            world.network().mischief().allow(kind, 1.0 / mix.meanMicros().get(kind));
        }
    }

    /** Nothing more goes wrong, and nothing is left that would. */
    void stop() {
        stopped = true;
        traps.clear();
    }

    private void next(FaultKind kind, Dice dice, long mean) {
        world.agenda().after(dice.until(mean), () -> {
            if (!stopped) {
                if (happens(kind, dice)) {
                    world.count(kind);
                }
                next(kind, dice, mean);
            }
        });
    }

    private boolean happens(FaultKind kind, Dice dice) {
        return switch (kind) {
            case KILL -> onSome(dice, site -> kill(site, dice));
            case POWER_CUT -> onSome(dice, site -> cutPower(site, dice));
            case MASTER_KILLED -> onMaster(site -> kill(site, dice));
            case SEVERAL_KILLED -> several(dice);
            case ALL_KILLED -> all(dice);
            case KILL_AFTER_MESSAGE, KILL_BETWEEN_EFFECTS ->
                onSome(dice, site -> traps.add(new Trap(site.name(), kind, dice.below(12))));
            case PAUSE -> onSome(dice, site -> site.pause(span(dice)));
            case MASTER_PAUSED -> onMaster(site -> site.pause(span(dice)));
            case DISK_STALL -> onSome(dice, site -> site.stallDisk(span(dice)));
            case DISK_FAILURE -> onSome(dice, site -> breakDisk(site, dice));
            case FULL_DISK -> onSome(dice, site -> fillDisk(site, dice));
            case READ_ERROR -> onSome(dice, site -> site.failReads(dice));
            case FLIPPED_BIT ->
                people.mayLose() && onSome(dice, site -> site.disk().flipOldBit(dice));
            case RESTORED_COPY -> people.restore(dice);
            case CLOCK_JUMP -> onSome(dice, site -> jump(site, span(dice)));
            case SUSPENDED -> onSome(dice, site -> site.freeze(span(dice)));
            case WALL_CLOCK_SET -> onSome(dice, site -> site.clock().setWall());
            case TWO_OPERATORS -> people.atOnce(dice);
            case FLUSH -> onSome(dice, people::flush);
            case TRIM -> onSome(dice, site -> people.trim(site, dice));
            case MAJORITY_LOST -> lostMajority.strike(dice);
            case WIPE -> people.wipe(dice);
            case ADD_SITE -> people.add(dice);
            case REMOVE_SITE -> people.remove(dice);
            case PRIORITY -> people.changePriority(dice);
            case DEMOTION -> people.demote(dice);
            case RESTART_AS_VIEW -> people.restartAsView(dice);
            case HANDOVER -> people.handOver(dice);
            case ELECTION ->
                onSome(dice, site -> site.process().ifPresent(process -> process.take(new Input.StartElection())));
            case GRACEFUL_STOP -> onSome(dice, site -> stop(site, dice));
            case TAKEOVER -> onMasterOrSome(dice, site -> takeovers.inOrder(site, opens(dice)));
            case TAKEOVER_AFTER_CRASH -> onMasterOrSome(dice, site -> takeovers.afterCrash(site, opens(dice)));
            default -> network.happens(kind, dice, span(dice));
        };
    }

    private static long span(Dice dice) {
        return dice.magnitude(SHORTEST_MICROS, LONGEST_MICROS);
    }

    private boolean onSome(Dice dice, java.util.function.Consumer<SimulatedSite> fault) {
        List<SimulatedSite> up = world.sites().stream()
                .filter(site -> site.isUp() && !site.isPaused())
                .toList();
        if (up.isEmpty()) {
            return false;
        }
        fault.accept(dice.pick(up));
        return true;
    }

    private boolean onMasterOrSome(Dice dice, java.util.function.Consumer<SimulatedSite> fault) {
        return dice.chance(MASTERS_TURN) ? onMaster(fault) : onSome(dice, fault);
    }

    /** How long a process takes to open the environment in another's place; some take so long that the others elect. */
    private static long opens(Dice dice) {
        return dice.magnitude(100, LONGEST_OPENING_MICROS);
    }

    private boolean onMaster(java.util.function.Consumer<SimulatedSite> fault) {
        Optional<SiteProcess> master = world.master();
        master.ifPresent(process -> fault.accept(process.site()));
        return master.isPresent();
    }

    private static void jump(SimulatedSite site, long micros) {
        site.clock().jump(micros);
        site.process().ifPresent(SiteProcess::clockJumped);
    }

    private void kill(SimulatedSite site, Dice dice) {
        site.kill();
        comeBack(site, dice);
    }

    private void cutPower(SimulatedSite site, Dice dice) {
        site.cutPower();
        comeBack(site, dice);
    }

    private void crash(SimulatedSite site, Dice dice) {
        if (mix.has(FaultKind.POWER_CUT) && dice.chance(0.5)) {
            cutPower(site, dice);
        } else {
            kill(site, dice);
        }
    }

    private boolean several(Dice dice) {
        List<SimulatedSite> up =
                world.sites().stream().filter(SimulatedSite::isUp).toList();
        up.stream().filter(site -> dice.chance(0.5)).forEach(site -> crash(site, dice));
        return !up.isEmpty();
    }

    private boolean all(Dice dice) {
        world.sites().stream().filter(SimulatedSite::isUp).forEach(site -> crash(site, dice));
        return true;
    }

    private void breakDisk(SimulatedSite site, Dice dice) {
        site.breakDisk();
        world.agenda().after(span(dice), () -> {
            if (site.isUp() && site.isDiskBroken()) {
                cutPower(site, dice);
            }
        });
    }

    /** Somebody makes room again after a while, and starts the site anew. */
    private void fillDisk(SimulatedSite site, Dice dice) {
        site.fillDisk(dice.below(3_000));
        world.agenda().after(span(dice), () -> {
            if (site.isUp() && site.isDiskBroken()) {
                kill(site, dice);
            }
        });
    }

    private void stop(SimulatedSite site, Dice dice) {
        site.process().ifPresent(process -> process.application().stop());
        comeBack(site, dice);
    }

    /** A site that went down comes back, often at once. */
    private void comeBack(SimulatedSite site, Dice dice) {
        long down = dice.chance(HURRIED)
                ? dice.between(1, HURRY_MICROS)
                : dice.magnitude(SHORTEST_MICROS, LONGEST_DOWN_MICROS);
        world.agenda().after(down, () -> {
            if (!stopped && !site.isRemoved()) {
                site.start();
            }
        });
    }

    @Override
    public void afterStep(SiteProcess process, Input input) {
        if (!traps.isEmpty() && input instanceof Input.Received) {
            spring(process, FaultKind.KILL_AFTER_MESSAGE);
        }
    }

    @Override
    public void betweenEffects(SiteProcess process) {
        if (!traps.isEmpty()) {
            spring(process, FaultKind.KILL_BETWEEN_EFFECTS);
        }
    }

    private void spring(SiteProcess process, FaultKind kind) {
        for (int i = 0; i < traps.size(); i++) {
            Trap trap = traps.get(i);
            if (trap.kind == kind && trap.site.equals(process.site().name())) {
                if (trap.countdown > 0) {
                    traps.set(i, new Trap(trap.site, kind, trap.countdown - 1));
                } else {
                    traps.remove(i);
                    crash(process.site(), ambush);
                }
                return;
            }
        }
    }
}
