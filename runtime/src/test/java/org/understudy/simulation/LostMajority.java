package org.understudy.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.understudy.ForceMasterReport;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;
import org.understudy.protocol.Command;
import org.understudy.protocol.Effect;

/**
 * Takes the disks of a majority, and is the operator who then forces mastership where that helps (protocol.md §4.7): a
 * careful one, whose word is true. What a careless one breaks is outside the guarantee.
 */
final class LostMajority {
    private static final long LOOK_MICROS = 1_500_000;
    private static final double SURVIVES = 0.4;

    private final World world;
    private final Dice dice;

    LostMajority(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
    }

    /** Empties so many disks that those left can't elect a master, and come back as strangers. */
    boolean strike(Dice fate) {
        Node newest = world.sites().stream()
                .map(SimulatedSite::tip)
                .max(Comparator.comparing(Node::standing))
                .orElse(Node.ROOT);
        MemberTable table = newest.members();
        List<SimulatedSite> voters = world.sites().stream()
                .filter(site -> entry(table, site).filter(Member::isVoting).isPresent())
                .toList();
        List<SimulatedSite> left = voters.stream()
                .filter(site -> site.tip().membership() == newest.membership())
                .filter(site -> fate.chance(SURVIVES))
                .toList();
        boolean helps = left.size() < table.majority() && left.stream().anyMatch(site -> mayBeMaster(table, site));
        boolean calm = world.sites().stream()
                .noneMatch(site -> site.isStranger() || site.disk().isFlipped());
        if (!helps || !calm || table.isFounding()) {
            return false;
        }
        for (SimulatedSite site : voters) {
            if (!left.contains(site)) {
                site.kill();
                site.wipe();
                site.configure(site.settings().joining());
                world.agenda().after(fate.magnitude(10_000, 5_000_000), site::start);
            }
        }
        return true;
    }

    /** Looks now and then, from now on, whether a majority is lost, and forces mastership on a site that may have it. */
    void lookAfter() {
        world.agenda().after(LOOK_MICROS, () -> {
            List<SimulatedSite> candidates =
                    world.sites().stream().filter(this::hasLostMajority).toList();
            if (!candidates.isEmpty()) {
                examine(dice.pick(candidates));
            }
            world.master().ifPresent(this::removePartner);
            lookAfter();
        });
    }

    /** One of two that are not strict goes on alone, and needs the word that the other is off (protocol.md §4.6). */
    private void removePartner(SiteProcess master) {
        MemberTable table = master.site().tip().members();
        if (table.isLoosePair()) {
            table.voters().stream().filter(voter -> isGone(world, voter)).forEach(voter -> master.application()
                    .order(new Command.ForceRemove(voter.name()), result -> heed(master.site(), result)));
        }
    }

    /** Where that word is not enough, the site is restarted, as it says, for mastership to be forced there (§4.6, §4.7). */
    private void heed(SimulatedSite site, Effect.Result result) {
        MemberTable table = site.tip().members();
        if (result instanceof Effect.Result.Refused && table.tied() && mayBeMaster(table, site) && !site.isPaused()) {
            world.agenda().after(1, () -> {
                site.kill();
                site.start();
            });
        }
    }

    private boolean hasLostMajority(SimulatedSite site) {
        MemberTable table = site.tip().members();
        return site.isUp()
                && !site.isPaused()
                && table.exists()
                && mayBeMaster(table, site)
                && isMajorityLost(world, table)
                && isNewest(site);
    }

    /** Whether nobody knows a later table: a site that was removed meanwhile and wasn't told is no remainder of the group. */
    private boolean isNewest(SimulatedSite site) {
        return world.sites().stream()
                .map(SimulatedSite::tip)
                .max(Comparator.comparing(Node::standing))
                .filter(newest -> newest.membership() == site.tip().membership())
                .isPresent();
    }

    /** Whether so many of a table's voters are on no disk any more that the others elect nobody. */
    static boolean isMajorityLost(World world, MemberTable table) {
        return table.voters().stream().filter(voter -> !isGone(world, voter)).count() < table.majority();
    }

    private static boolean isGone(World world, Member member) {
        return world.sites().stream().noneMatch(site -> site.is(member.incarnation()));
    }

    private void examine(SimulatedSite site) {
        MemberTable table = site.tip().members();
        Application application = site.process().orElseThrow().application();
        application.forceMaster(Optional.empty(), result -> {
            if (result instanceof Effect.Result.Examined examined && isTrue(table, examined.report())) {
                force(application, examined.report().lost());
            }
        });
    }

    private void force(Application application, Set<String> lost) {
        application.forceMaster(Optional.of(lost), result -> {
            if (result instanceof Effect.Result.Done) {
                world.count(FaultKind.FORCED_MASTERSHIP);
            }
        });
    }

    /** Whether all that would be given up are gone for good. */
    private boolean isTrue(MemberTable table, ForceMasterReport report) {
        return report.isPossible()
                && report.lost().stream().allMatch(name -> table.byName(name)
                        .filter(member -> isGone(world, member))
                        .isPresent());
    }

    private static boolean mayBeMaster(MemberTable table, SimulatedSite site) {
        return entry(table, site).filter(Member::isElectable).isPresent()
                && !site.settings().replica().view();
    }

    private static Optional<Member> entry(MemberTable table, SimulatedSite site) {
        return site.incarnation().flatMap(incarnation -> table.find(site.name(), incarnation));
    }
}
