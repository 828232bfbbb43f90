package org.understudy.simulation;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.understudy.log.LogRecord;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;
import org.understudy.log.RecordKind;
import org.understudy.protocol.Command;

/**
 * Two member tables in force at once share a majority (protocol.md §13, invariant 13): each change moves one voter at
 * most, and follows a permanent table in a mastership whose first record is permanent (§6).
 */
final class TablesOverlap implements Observer {
    private static final String NAME = "two member tables in force share a majority (§13.13)";

    /** Below this no mastership is forced; elections that follow one are not multiples of a site's share. */
    private static final long FORCED = 1_000_000_000_000_000L;

    private static final long SHARE_OF_A_SITE = 1_000_000_000L;

    private final Ledger ledger;

    /** Those of whom an operator has said that they are off. */
    private final Set<String> off = new HashSet<>();

    TablesOverlap(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void ordered(SimulatedSite site, Command command) {
        if (command instanceof Command.ForceRemove remove) {
            off.add(remove.site());
        }
    }

    @Override
    public void written(SimulatedSite site, LogRecord record) {
        if (record.kind() == RecordKind.MEMBERSHIP && record.lsn() > 1) {
            checkChange(site, site.tip());
        } else if (record.kind() == RecordKind.GENERATION) {
            checkMaster(site);
        }
    }

    private void checkChange(SimulatedSite site, Node change) {
        Node before = change.parent().orElseThrow();
        if (isForced(change.generation())) {
            return;
        }
        if (before.members().isFounding()) {
            checkFounding(site, before.members(), change);
            return;
        }
        Set<UUID> moved = voters(before.members());
        Set<UUID> after = voters(change.members());
        long common = moved.stream().filter(after::contains).count();
        if (moved.size() + after.size() - 2 * common > 1) {
            throw new Violation(NAME, site + " changes more than one voter with " + change);
        }
        if (isForced(before.members(), change.members())) {
            checkNobodyElseDecided(site, change);
            return;
        }
        if (!ledger.isPermanent(before.membership())) {
            throw new Violation(
                    NAME, site + " writes " + change + " while " + before.membership() + " is not permanent");
        }
        if (ledger.lastPermanent().generation() < change.generation()) {
            throw new Violation(NAME, site + " writes " + change + " before its GENERATION is permanent");
        }
    }

    /** Where mastership is forced, the operator's word that a majority is lost stands for that majority (§4.7). */
    static boolean isForced(long generation) {
        return generation >= FORCED && generation % SHARE_OF_A_SITE == 0;
    }

    /** The table of those who begin a group alike is followed by that of the same sites, each known (§6). */
    private static void checkFounding(SimulatedSite site, MemberTable before, Node change) {
        MemberTable after = change.members();
        boolean same = names(before).equals(names(after)) && !after.isFounding();
        boolean next = change.lsn() > 1 && change.parent().orElseThrow().generation() == change.generation();
        if (!same || !next) {
            throw new Violation(NAME, site + " founds its group with " + change + ", and not behind its GENERATION");
        }
    }

    private static Set<String> names(MemberTable table) {
        return table.members().stream().map(Member::name).collect(Collectors.toSet());
    }

    /** The operator's word that the other site of a pair is off stands for that site's own (§4.6). */
    private boolean isForced(MemberTable before, MemberTable after) {
        return before.isLoosePair()
                && after.voters().size() == 1
                && before.voters().stream()
                        .anyMatch(voter ->
                                off.contains(voter.name()) && !after.voters().contains(voter));
    }

    /** That one may have had a say before it was off, but never together with so many that they needed nobody else. */
    private void checkNobodyElseDecided(SimulatedSite left, Node change) {
        MemberTable permanent = ledger.lastPermanent().members();
        long others = permanent.voters().stream()
                .filter(voter -> !left.is(voter.incarnation()))
                .count();
        if (others >= permanent.majority()) {
            throw new Violation(
                    NAME,
                    left + " goes on alone with " + change + ", and the others of " + ledger.lastPermanent()
                            + " are a majority without it");
        }
    }

    private void checkMaster(SimulatedSite elected) {
        if (elected.tip().members().isFounding()
                && !ledger.lastPermanent().members().isFounding()
                && ledger.lastPermanent().members().exists()) {
            throw new Violation(NAME, elected + " was elected to found a group that is founded");
        }
        if (isForced(elected.tip().membership().generation())) {
            return; // by the operator's word on those that are not in it
        }
        if (decides(elected.tip())
                && !overlap(ledger.lastPermanent().members(), elected.tip().members())) {
            throw new Violation(
                    NAME, elected + " was elected by a table without a common majority with the permanent one");
        }
    }

    /**
     * Whether a majority may still follow a mastership that begins with this record. Where a candidate stood still while its
     * last vote arrived, those who voted may have promised a later one and changed the table with that.
     */
    private boolean decides(Node beginning) {
        MemberTable table = beginning.members();
        long following = table.voters().stream()
                .filter(voter -> ledger.mayFollow(voter, beginning.generation()))
                .count();
        return following >= table.majority();
    }

    private static boolean overlap(MemberTable one, MemberTable other) {
        Set<UUID> ones = voters(one);
        Set<UUID> others = voters(other);
        long common = ones.stream().filter(others::contains).count();
        long fromCommon = Math.max(0, one.majority() - (ones.size() - common))
                + Math.max(0, other.majority() - (others.size() - common));
        return fromCommon > common;
    }

    private static Set<UUID> voters(MemberTable table) {
        return table.voters().stream().map(Member::incarnation).collect(Collectors.toSet());
    }
}
