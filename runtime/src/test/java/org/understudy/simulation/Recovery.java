package org.understudy.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.understudy.Role;
import org.understudy.SyncPhase;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;
import org.understudy.protocol.ReplicaView;
import org.understudy.protocol.SyncSettings;

/**
 * Heals a world, a quorum first and then the rest, and waits for what must come then (protocol.md §13, invariant 12): a
 * master, and every member streaming.
 */
final class Recovery {
    private static final long BOUND_MICROS = 120_000_000;
    private static final long LOOK_MICROS = 50_000;
    private static final int DRAWS = 20;

    private final World world;
    private final Ledger ledger;
    private final Workload workload;
    private final Dice dice;
    private List<SimulatedSite> keptUp = List.of();

    Recovery(World world, Ledger ledger, Workload workload, Dice dice) {
        this.world = world;
        this.ledger = ledger;
        this.workload = workload;
        this.dice = dice;
    }

    /** Heals a random quorum and waits until it works again; tells why it can't, if it can't. */
    Optional<String> healQuorum() {
        restart();
        Optional<List<SimulatedSite>> quorum = drawQuorum();
        if (quorum.isEmpty()) {
            return Optional.of(obstacle(present()));
        }
        List<SimulatedSite> healed = quorum.get();
        world.trace().add(world.agenda().now(), "all", "healed quorum", List.copyOf(healed));
        isolate(healed);
        keptUp = healed;
        int before = workload.history().size();
        // An order that was under way may have made the group one that these sites no longer have a majority of.
        boolean works = reaches(() -> works(healed, before) || !canElect(healed)) && works(healed, before);
        if (!works && canElect(healed)) {
            throw stuck("a healed quorum elects a master and takes writes");
        }
        return works ? Optional.empty() : Optional.of("an order under way made it another group: " + obstacle(healed));
    }

    /** Heals everything. */
    void healAll() {
        restart();
        keptUp = world.sites();
    }

    private void restart() {
        world.network().repair();
        for (SimulatedSite site : world.sites()) {
            site.repairDisk();
            if (site.isPaused()) {
                site.resume();
            }
            if (site.isDiskBroken()) {
                site.kill();
            }
            if (!site.isRemoved()) {
                site.start();
            }
        }
    }

    private List<SimulatedSite> present() {
        return world.sites().stream()
                .filter(site -> !site.isRemoved() && !isOrphan(site))
                .toList();
    }

    /** Whether all whom it knows were removed, so that nobody it asks can tell it how the group goes on. */
    private boolean isOrphan(SimulatedSite site) {
        return world.master()
                .map(master -> master.site().tip().members())
                .filter(table -> site.tip().members().exists()
                        && site.tip().members().members().stream()
                                .noneMatch(known ->
                                        table.byIncarnation(known.incarnation()).isPresent()))
                .isPresent();
    }

    // ---- which sites can go on alone ----

    private Optional<List<SimulatedSite>> drawQuorum() {
        for (int draw = 0; draw < DRAWS; draw++) {
            List<SimulatedSite> some =
                    present().stream().filter(site -> dice.chance(0.6)).toList();
            if (canElect(some)) {
                return Optional.of(some);
            }
        }
        return canElect(present()) ? Optional.of(present()) : Optional.empty();
    }

    /** Why these elect no master: by the table of whoever of them knows most. */
    private static String obstacle(List<SimulatedSite> sites) {
        MemberTable table =
                best(sites.stream()).map(site -> site.tip().members()).orElse(MemberTable.NONE);
        List<SimulatedSite> voters =
                sites.stream().filter(site -> isVoterOf(table, site)).toList();
        if (!table.exists()) {
            return "the group is gone with the disk of its first site";
        }
        if (voters.size() < table.majority()) {
            return "a majority of the voting sites is not there, or came back with an empty disk";
        }
        if (voters.stream().noneMatch(site -> mayStand(entry(table, site), site))) {
            return "those that could be elected are not there, or came back with an empty disk";
        }
        return "no electable site has, or may fetch unasked, what a majority would vote for";
    }

    /** Without the barred ones; with them, where all voters are there and too few may vote (protocol.md §2.3). */
    private static boolean canElect(List<SimulatedSite> sites) {
        List<SimulatedSite> free =
                sites.stream().filter(site -> !isBarred(site)).toList();
        if (free.size() == sites.size() || canElectUnbarred(free)) {
            return canElectUnbarred(free);
        }
        MemberTable table =
                best(sites.stream()).map(site -> site.tip().members()).orElse(MemberTable.NONE);
        long present = sites.stream().filter(site -> isVoterOf(table, site)).count();
        boolean lastResort = present == table.voters().size() && !hasMajority(free, table);
        return lastResort && canElectUnbarred(sites);
    }

    /** Whether it may neither vote nor acknowledge for now. */
    private static boolean isBarred(SimulatedSite site) {
        return site.incarnation().isPresent()
                && !site.tip().standing().atLeast(site.disk().ballot().mustReach());
    }

    /** One that can be elected fetches what a voter knows more before it stands, and has that one's table then. */
    private static boolean canElectUnbarred(List<SimulatedSite> sites) {
        Optional<SimulatedSite> best = best(sites.stream().filter(site -> mayStand(self(site), site)));
        if (best.isEmpty()) {
            return false;
        }
        MemberTable table = best.get().tip().members();
        SimulatedSite knowing =
                best(sites.stream().filter(site -> isVoterOf(table, site))).orElse(best.get());
        return hasMajority(sites, table) && hasMajority(sites, knowing) && canFollow(sites, knowing);
    }

    private static boolean canFollow(List<SimulatedSite> sites, SimulatedSite knowing) {
        MemberTable table = knowing.tip().members();
        return sites.stream()
                .filter(site -> site == knowing || undoesUnasked(site))
                .anyMatch(site -> mayStand(entry(table, site), site));
    }

    /** Whether it may give up what it has for what another knows, before there is a master. */
    private static boolean undoesUnasked(SimulatedSite site) {
        SyncSettings sync = site.settings().replica().sync();
        return sync.autoRollback() && sync.autoInit() && sync.rollbackLimit() == Long.MAX_VALUE;
    }

    private static boolean mayStand(Optional<Member> entry, SimulatedSite site) {
        return entry.filter(Member::isElectable).isPresent()
                && !site.settings().replica().view();
    }

    private static Optional<SimulatedSite> best(Stream<SimulatedSite> sites) {
        return sites.max(Comparator.comparing(site -> site.tip().standing()));
    }

    /** Whether a log that ends where this site's does gets votes of a majority. */
    private static boolean hasMajority(List<SimulatedSite> sites, SimulatedSite candidate) {
        MemberTable table = candidate.tip().members();
        long votes = sites.stream()
                .filter(site -> isVoterOf(table, site))
                .filter(site -> candidate.tip().standing().compareTo(site.tip().standing()) >= 0)
                .count();
        return votes >= table.majority();
    }

    /** Whether an operator can help those that are left (protocol.md §4.7): one that knows most can be master. */
    private boolean canBeForced() {
        Optional<SimulatedSite> knowing = best(present().stream());
        MemberTable table = knowing.map(site -> site.tip().members()).orElse(MemberTable.NONE);
        return table.exists()
                && !table.isFounding()
                && LostMajority.isMajorityLost(world, table)
                && present().stream()
                        .filter(site -> mayStand(entry(table, site), site))
                        .anyMatch(site -> site.tip() == knowing.get().tip());
    }

    private static boolean hasMajority(List<SimulatedSite> sites, MemberTable table) {
        return sites.stream().filter(site -> isVoterOf(table, site)).count() >= table.majority();
    }

    private static Optional<Member> self(SimulatedSite site) {
        return entry(site.tip().members(), site);
    }

    private static boolean isVoterOf(MemberTable table, SimulatedSite site) {
        return entry(table, site).filter(Member::isVoting).isPresent();
    }

    private static Optional<Member> entry(MemberTable table, SimulatedSite site) {
        return site.incarnation().flatMap(incarnation -> table.find(site.name(), incarnation));
    }

    private void isolate(List<SimulatedSite> quorum) {
        List<String> names = quorum.stream().map(SimulatedSite::name).toList();
        world.network().links().stream()
                .filter(link -> names.contains(link.from) != names.contains(link.to))
                .forEach(Link::sever);
    }

    // ---- waiting ----

    /** Waits until every site is a member that streams from one master; tells why that can't be, if it can't. */
    Optional<String> awaitAll(String what) {
        boolean streams = reaches(() -> streamsFromOne(present()));
        if (!streams && (canElect(present()) || canBeForced())) {
            throw stuck(what);
        }
        return streams ? Optional.empty() : Optional.of("until the end: " + obstacle(present()));
    }

    /** Waits until every site has all of the master's log, and knows it as permanent. */
    void awaitEqual() {
        await("all sites become equal", () -> {
            Optional<Node> end = end();
            return streamsFromOne(present())
                    && present().stream()
                            .allMatch(site -> end.filter(site.tip()::equals).isPresent()
                                    && site.process().get().view().permanentLsn()
                                            == site.tip().lsn());
        });
    }

    /** Where the master's log ends. */
    Optional<Node> end() {
        return world.master().map(master -> master.site().tip());
    }

    private boolean works(List<SimulatedSite> quorum, int firstCommit) {
        List<SimulatedSite> members = quorum.stream()
                .filter(site -> !isOrphan(site)
                        && site.process()
                                .filter(process -> process.application().isMember())
                                .isPresent())
                .toList();
        return streamsFromOne(members)
                && workload.history().subList(firstCommit, workload.history().size()).stream()
                        .anyMatch(commit -> commit.outcome() == Operation.Outcome.DONE
                                && ledger.isPermanent(ledger.at(commit.token())));
    }

    private static boolean streamsFromOne(List<SimulatedSite> sites) {
        int masters = 0;
        for (SimulatedSite site : sites) {
            if (!site.isUp() || !site.process().get().application().isMember()) {
                return false;
            }
            ReplicaView view = site.process().get().view();
            if (view.role() == Role.MASTER) {
                masters++;
            } else if (view.phase() != SyncPhase.STREAM || view.master().isEmpty()) {
                return false;
            }
        }
        return masters == 1;
    }

    private void await(String what, BooleanSupplier condition) {
        if (!reaches(condition)) {
            throw stuck(what);
        }
    }

    private boolean reaches(BooleanSupplier condition) {
        long deadline = world.agenda().now() + BOUND_MICROS;
        while (!condition.getAsBoolean()) {
            if (world.agenda().now() > deadline) {
                return false;
            }
            world.runUntil(world.agenda().now() + LOOK_MICROS);
            keptUp.stream().filter(site -> !site.isRemoved()).forEach(SimulatedSite::start);
        }
        return true;
    }

    private Violation stuck(String what) {
        return new Violation(
                "a master exists and every member streams (§13.12)",
                what + ": not within " + BOUND_MICROS / 1_000_000 + " s; " + picture());
    }

    private String picture() {
        StringBuilder lines = new StringBuilder();
        for (SimulatedSite site : world.sites()) {
            lines.append(System.lineSeparator()).append("  ").append(site).append(' ');
            lines.append(site.process().map(Recovery::describe).orElse(site.isRemoved() ? "removed" : "down"));
        }
        return lines.toString();
    }

    private static String describe(SiteProcess process) {
        ReplicaView view = process.view();
        List<String> members = view.members().members().stream()
                .map(member -> member.name()
                        + (member.isVoting() ? "" : member.view() ? " view" : " joining")
                        + (member.priority() == 0 ? " priority 0" : ""))
                .toList();
        return (process.application().isMember() ? "" : "no member yet ") + view.role() + " " + view.phase()
                + " generation " + view.generation() + " master " + view.master() + " last " + view.last() + " stored "
                + view.storedLsn() + " permanent " + view.permanentLsn() + " members " + members + " barred "
                + view.barred() + " unready " + view.unready();
    }
}
