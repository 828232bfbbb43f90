package org.understudy.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.understudy.Role;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Input;

/** A whole group under virtual time, in one thread, from one seed. */
final class World {
    private static final int SWEEP_EVERY = 1000;
    private static final int MOST_STEPS = 5_000_000;

    private final Dice dice;
    private final Agenda agenda = new Agenda();
    private final Trace trace = new Trace();
    private final Network network;
    private final Replicas replicas;
    private final long driftPpm;
    private final List<SimulatedSite> sites = new ArrayList<>();
    private final Observers observers = new Observers();
    private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
    private Interference interference = Interference.NONE;
    private long steps;
    private boolean lossAdmitted;

    World(Dice dice, Network.Pace pace, long driftPpm, Replicas replicas) {
        this.dice = dice;
        this.driftPpm = driftPpm;
        this.replicas = replicas;
        this.network =
                new Network(agenda, dice.fork("network"), pace, new Mischief(dice.fork("mischief"), this::count));
    }

    /** Builds a machine, and a site on it that is not started yet. */
    SimulatedSite add(SiteSettings settings) {
        Dice own = dice.fork(settings.replica().localSite());
        SiteClock clock =
                new SiteClock(own.between(0, 1_000_000_000), driftPpm == 0 ? 0 : own.between(-driftPpm, driftPpm));
        SimulatedSite site = new SimulatedSite(this, settings, clock, own);
        sites.add(site);
        network.add(site);
        return site;
    }

    Agenda agenda() {
        return agenda;
    }

    Trace trace() {
        return trace;
    }

    Network network() {
        return network;
    }

    Replicas replicas() {
        return replicas;
    }

    Observers observer() {
        return observers;
    }

    List<SimulatedSite> sites() {
        return sites;
    }

    SimulatedSite site(String name) {
        return sites.stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no site is called " + name));
    }

    /** The master of the highest generation among the sites that run. */
    Optional<SiteProcess> master() {
        return sites.stream()
                .flatMap(site -> site.process().stream())
                .filter(process -> process.role() == Role.MASTER)
                .max(Comparator.comparingLong(process -> process.disk().ballot().highestGeneration()));
    }

    void interfere(Interference with) {
        interference = with;
    }

    /** Something went wrong on purpose, or a person did something. */
    void count(FaultKind kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    Map<FaultKind, Long> faults() {
        return faults;
    }

    /** A site becomes master and says that what it does not have may be lost. */
    void admitLoss(SimulatedSite site) {
        lossAdmitted = true;
        observers.lossAdmitted(site);
    }

    /** Whether that was ever said. */
    boolean isLossAdmitted() {
        return lossAdmitted;
    }

    /** How many inputs the cores have been given. */
    long steps() {
        return steps;
    }

    /** Lets things happen until a time. */
    void runUntil(long micros) {
        while (agenda.runNext(micros)) {
            // Everything happens in there.
        }
    }

    void stepping(SimulatedSite site, Input input) {
        steps++;
        if (steps > MOST_STEPS) {
            throw new Violation("a run comes to an end", "not within " + MOST_STEPS + " steps");
        }
        trace.add(agenda.now(), site.name(), "<-", input);
    }

    void stepped(SiteProcess process, Input input) {
        observers.stepped(process.site());
        if (steps % SWEEP_EVERY == 0) {
            observers.swept(sites);
        }
        interference.afterStep(process, input);
    }

    void running(SimulatedSite site, Effect effect) {
        trace.add(agenda.now(), site.name(), "->", effect);
    }

    void betweenEffects(SiteProcess process) {
        interference.betweenEffects(process);
    }
}
