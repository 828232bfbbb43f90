package org.understudy.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.understudy.Role;
import org.understudy.WriteFailedException;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;
import org.understudy.protocol.Command;
import org.understudy.protocol.Input;
import org.understudy.protocol.ReplicaTimes;

/** What operators do to a running group, and to a site whose disk is gone. */
final class People {
    private static final int MOST_ADDED = 3;
    private static final int FEWEST_VOTERS = 2;
    private static final long LOOK_MICROS = 1_000_000;
    private static final long APPOINTS_MICROS = 2_000_000;
    private static final double ELECTS = 0.3;

    private final World world;
    private final Mix mix;
    private int added;

    People(World world, Mix mix) {
        this.world = world;
        this.mix = mix;
    }

    /** Looks after sites that were wiped from now on: their old selves are removed, so that they can join anew. */
    void lookAfterWiped() {
        world.agenda().after(LOOK_MICROS, () -> {
            world.sites().stream().filter(this::isStranger).findFirst().ifPresent(this::removeOldSelf);
            lookAfterWiped();
        });
    }

    /**
     * Where elections are off: now and then a site that knows no master is made master, whoever else is, or all of them have
     * the site found that can be: what another knows is fetched for an election only. Until that one can be over nobody is
     * appointed, for it ends where a higher generation is heard of (protocol.md §4).
     */
    void appoint(Dice dice) {
        if (mix.site(0).replica().elections()) {
            return;
        }
        world.agenda().after(dice.until(APPOINTS_MICROS), () -> {
            List<SiteProcess> masterless = world.sites().stream()
                    .filter(site -> !site.isPaused())
                    .flatMap(site -> site.process().stream())
                    .filter(process -> process.application().isMember()
                            && process.view().master().isEmpty())
                    .toList();
            if (!masterless.isEmpty() && dice.chance(ELECTS)) {
                masterless.forEach(process ->
                        process.after(dice.between(1, APPOINTS_MICROS), () -> process.take(new Input.StartElection())));
                world.agenda().after(APPOINTS_MICROS + longestElection(), () -> appoint(dice));
                return;
            }
            if (!masterless.isEmpty()) {
                dice.pick(masterless).application().appoint(Role.MASTER, result -> {});
            }
            appoint(dice);
        });
    }

    /** The nominee canvasses, stands or fetches what it lacks, and then canvasses anew and stands. */
    private long longestElection() {
        ReplicaTimes times = mix.site(0).replica().times();
        return 2
                * (Math.max(times.electionTimeoutMicros(), times.fullElectionTimeoutMicros())
                        + times.electionTimeoutMicros());
    }

    /** Has every program agree, after a while, to what its site asks first. */
    void agree() {
        world.observer().add(new Observer() {
            @Override
            public void started(SimulatedSite site) {
                site.process().orElseThrow().application().agree();
            }
        });
    }

    /** Whether the group knows this site's name by another incarnation. */
    private boolean isStranger(SimulatedSite site) {
        return site.isUp()
                && !site.settings().replaces()
                && !site.process().get().application().isMember()
                && oldSelf(site).isPresent();
    }

    private Optional<Member> oldSelf(SimulatedSite site) {
        return world.master()
                .flatMap(master -> master.disk().store().members().byName(site.name()))
                .filter(member -> !site.is(member.incarnation()));
    }

    private void removeOldSelf(SimulatedSite site) {
        world.master().ifPresent(master -> master.application().order(new Command.Remove(site.name())));
    }

    /** Flushes a site's data. */
    void flush(SimulatedSite site) {
        site.process().ifPresent(process -> {
            try {
                site.disk().flush();
                site.disk().backUp();
            } catch (WriteFailedException e) {
                process.diskFailed(e);
            }
        });
    }

    /** Gives up what a site's log no longer needs: by the rules, with limits that are tight, or however far the others are behind. */
    void trim(SimulatedSite site, Dice dice) {
        flush(site);
        if (dice.chance(0.5)) {
            site.process().ifPresent(process -> askTrim(process, dice));
            return;
        }
        site.process().filter(process -> !site.isDiskBroken()).ifPresent(process -> {
            DataImage data = site.disk().store().flushed();
            long needed = Math.min(data.permanentLsn, data.applied.lsn());
            process.trim(Math.max(1, needed - dice.below(30)));
        });
    }

    private static void askTrim(SiteProcess process, Dice dice) {
        long last = process.disk().log().last().lsn();
        long kept = last - dice.below(60);
        long limit = kept - dice.magnitude(1, 500);
        process.take(new Input.AskTrim(
                kept, (kept + 3 * limit) / 4, limit, Long.MAX_VALUE, dice.magnitude(100_000, 30_000_000)));
    }

    /** Empties a disk, unless another one was emptied and is not back yet. */
    boolean wipe(Dice dice) {
        return lose(dice, site -> true, SimulatedSite::wipe);
    }

    /** Puts an old copy back, unless somebody else's data are lost and not back yet. */
    boolean restore(Dice dice) {
        return lose(dice, site -> site.disk().hasBackup(), SimulatedSite::restore);
    }

    /** Whether a site's data may be lost: no other's are, and by the newest table a majority has theirs without it. */
    boolean mayLose() {
        MemberTable table = world.sites().stream()
                .map(SimulatedSite::tip)
                .max(Comparator.comparing(Node::standing))
                .map(Node::members)
                .orElse(MemberTable.NONE);
        long voters = table.voters().stream()
                .filter(voter -> world.sites().stream().anyMatch(site -> site.is(voter.incarnation())))
                .count();
        return allKnown() && voters > table.majority();
    }

    private boolean allKnown() {
        return world.sites().stream()
                .noneMatch(site ->
                        (site.isStranger() && !site.isRemoved()) || site.disk().isFlipped());
    }

    private boolean lose(Dice dice, Predicate<SimulatedSite> which, Consumer<SimulatedSite> loss) {
        if (!mayLose()) {
            return false;
        }
        SimulatedSite site = dice.pick(world.sites());
        if (site.isRemoved() || !which.test(site)) {
            return false;
        }
        site.kill();
        loss.accept(site);
        world.agenda().after(dice.magnitude(10_000, 5_000_000), site::start);
        return true;
    }

    /** Adds a site that was removed before, or a new one. */
    boolean add(Dice dice) {
        Optional<SimulatedSite> out = world.sites().stream()
                .filter(site -> site.isRemoved() && !site.isUp())
                .findFirst();
        if (out.isPresent()) {
            out.get().wipe();
            out.get().configure(out.get().settings().joining());
            out.get().start();
            return true;
        }
        if (added >= MOST_ADDED) {
            return false;
        }
        added++;
        world.add(mix.newcomer(world.sites().size(), dice.chance(0.2))).start();
        return true;
    }

    /** Several people give orders in the same moment. */
    boolean atOnce(Dice dice) {
        boolean removes = remove(dice);
        boolean changes = changePriority(dice);
        boolean moves = handOver(dice);
        return removes || changes || moves;
    }

    /** Orders a site's removal, at any site. */
    boolean remove(Dice dice) {
        List<SimulatedSite> members = world.sites().stream()
                .filter(site -> !site.isRemoved() && site.wasMember())
                .toList();
        List<SimulatedSite> up =
                world.sites().stream().filter(SimulatedSite::isUp).toList();
        if (members.size() <= FEWEST_VOTERS + mix.views() || up.isEmpty()) {
            return false;
        }
        order(dice.pick(up), new Command.Remove(dice.pick(members).name()));
        return true;
    }

    /** Orders a handover to some site, at any site. */
    boolean handOver(Dice dice) {
        List<SimulatedSite> up =
                world.sites().stream().filter(SimulatedSite::isUp).toList();
        if (up.isEmpty()) {
            return false;
        }
        order(dice.pick(up), new Command.TransferMastership(dice.pick(up).name()));
        return true;
    }

    /** Orders another priority for some site, at any site. */
    boolean changePriority(Dice dice) {
        List<SimulatedSite> up =
                world.sites().stream().filter(SimulatedSite::isUp).toList();
        if (up.isEmpty()) {
            return false;
        }
        order(dice.pick(up), new Command.ChangePriority(dice.pick(world.sites()).name(), dice.below(4) * 50));
        return true;
    }

    /** Orders that some voter becomes a view, at any site. */
    boolean demote(Dice dice) {
        Optional<SimulatedSite> voter = spareVoter(dice);
        List<SimulatedSite> up =
                world.sites().stream().filter(SimulatedSite::isUp).toList();
        if (voter.isEmpty() || up.isEmpty()) {
            return false;
        }
        order(dice.pick(up), new Command.DemoteToView(voter.get().name()));
        return true;
    }

    /** Restarts some voter as a view, which is how it asks to be made one. */
    boolean restartAsView(Dice dice) {
        Optional<SimulatedSite> voter = spareVoter(dice).filter(SimulatedSite::isUp);
        voter.ifPresent(site -> {
            site.kill();
            site.configure(site.settings().withView(true));
            world.agenda().after(dice.magnitude(10_000, 5_000_000), site::start);
        });
        return voter.isPresent();
    }

    /** Some voter of a group that stays large enough without it, were all orders under way carried out too. */
    private Optional<SimulatedSite> spareVoter(Dice dice) {
        List<SimulatedSite> voters = world.sites().stream()
                .filter(site -> !site.isRemoved()
                        && site.self().filter(Member::isVoting).isPresent())
                .filter(site -> !site.settings().replica().view())
                .toList();
        return voters.size() > FEWEST_VOTERS + 1 ? Optional.of(dice.pick(voters)) : Optional.empty();
    }

    private static void order(SimulatedSite at, Command command) {
        at.process().ifPresent(process -> process.application().order(command));
    }
}
