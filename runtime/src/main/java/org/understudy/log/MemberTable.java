package org.understudy.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.understudy.Durability;
import org.understudy.SiteState;

/**
 * Who belongs to the group and what holds for all of it: a replicated record, of which the newest in the log is in force,
 * permanent or not (protocol.md §6).
 *
 * @param groupId random, made at the primordial start
 * @param nextSiteId the id the next site to join gets; never given twice
 * @param terms what holds for all of them
 * @param members in rising order of site id
 * @param removed the incarnations removed last, newest last, at most {@value #REMOVED_KEPT}: they neither vote nor depose
 * @param tied whether a pair that isn't strict decides together, because its number of voters is about to change (§4.6)
 */
public record MemberTable(
        UUID groupId, int nextSiteId, GroupTerms terms, List<Member> members, List<UUID> removed, boolean tied) {
    private static final int FORMAT = 3;
    private static final int REMOVED_KEPT = 256;
    private static final int PRIORITY_BEFORE_KNOWN = 100;
    private static final UUID NO_GROUP = new UUID(0, 0);

    /** The table of a site that belongs to no group yet. */
    public static final MemberTable NONE =
            new MemberTable(NO_GROUP, 1, GroupTerms.of(Durability.SYNC, Long.MAX_VALUE), List.of(), List.of());

    /** Takes copies. */
    public MemberTable {
        members = List.copyOf(members);
        removed = List.copyOf(removed);
    }

    /** A table of sites that are not tied. */
    public MemberTable(UUID groupId, int nextSiteId, GroupTerms terms, List<Member> members, List<UUID> removed) {
        this(groupId, nextSiteId, terms, members, removed, false);
    }

    /**
     * The table with which each site of a group begins whose members are all named on all of them: the same everywhere,
     * with incarnations, priorities and terms still to come (protocol.md §6).
     *
     * <p>The group's id is the name-based UUID (version 3, MD5) of {@code understudy}, the group's name and the members'
     * names in rising order, as UTF-8 with a line feed behind each: sites that name others make another group. Site ids are
     * given in that order, from 1 on.
     *
     * @param group the group's name
     * @param sites all members' names, in any order
     */
    public static MemberTable founding(String group, Collection<String> sites) {
        StringBuilder name = new StringBuilder("understudy\n").append(group).append('\n');
        List<Member> members = new ArrayList<>();
        for (String site : new TreeSet<>(sites)) {
            name.append(site).append('\n');
            int siteId = members.size() + 1;
            members.add(new Member(siteId, site, Member.UNKNOWN, SiteState.PRESENT, false, PRIORITY_BEFORE_KNOWN));
        }
        UUID id = UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8));
        return new MemberTable(id, members.size() + 1, NONE.terms, members, List.of());
    }

    /** Whether its members are known by name only, so that nothing is decided without all of them (protocol.md §6). */
    public boolean isFounding() {
        return members.stream().anyMatch(member -> member.incarnation().equals(Member.UNKNOWN));
    }

    /** The founders' table once each is known: with its incarnation, the priority it has, and the terms of the first master. */
    public MemberTable founded(GroupTerms agreed, UnaryOperator<Member> known) {
        return new MemberTable(
                groupId, nextSiteId, agreed, members.stream().map(known).toList(), removed, tied);
    }

    /** Whether there is a group at all. */
    public boolean exists() {
        return !members.isEmpty();
    }

    /** The member of this name. */
    public Optional<Member> byName(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /** The member of this incarnation. */
    public Optional<Member> byIncarnation(UUID incarnation) {
        return members.stream()
                .filter(member -> member.incarnation().equals(incarnation))
                .findFirst();
    }

    /** The member of this name, if it is this incarnation of it. */
    public Optional<Member> find(String name, UUID incarnation) {
        return byName(name).filter(member -> member.is(incarnation));
    }

    /** The members that vote, acknowledge and count. */
    public List<Member> voters() {
        return members.stream().filter(Member::isVoting).toList();
    }

    /** How many voters make a majority; all of them while the group is being founded. */
    public int majority() {
        return isFounding() ? voters().size() : voters().size() / 2 + 1;
    }

    /** Whether this incarnation was removed. */
    public boolean wasRemoved(UUID incarnation) {
        return removed.contains(incarnation);
    }

    /** The table with one site more, joining; one that was removed and comes back is forgiven. */
    public MemberTable withJoining(String name, UUID incarnation, boolean view, int priority) {
        Member member = new Member(nextSiteId, name, incarnation, SiteState.JOINING, view, priority);
        List<Member> next = Stream.concat(members.stream(), Stream.of(member)).toList();
        List<UUID> stillRemoved =
                removed.stream().filter(gone -> !gone.equals(incarnation)).toList();
        return new MemberTable(groupId, nextSiteId + 1, terms, next, stillRemoved, tied);
    }

    /** The table with one member changed. */
    public MemberTable with(int siteId, UnaryOperator<Member> change) {
        List<Member> next = members.stream()
                .map(member -> member.siteId() == siteId ? change.apply(member) : member)
                .toList();
        return new MemberTable(groupId, nextSiteId, terms, next, removed, tied);
    }

    /** The table without one member. */
    public MemberTable without(int siteId) {
        List<UUID> gone = new ArrayList<>(removed);
        members.stream().filter(member -> member.siteId() == siteId).forEach(member -> gone.add(member.incarnation()));
        return new MemberTable(
                groupId,
                nextSiteId,
                terms,
                members.stream().filter(member -> member.siteId() != siteId).toList(),
                gone.subList(Math.max(0, gone.size() - REMOVED_KEPT), gone.size()),
                tied);
    }

    /** The table with other terms. */
    public MemberTable withTerms(GroupTerms next) {
        return new MemberTable(groupId, nextSiteId, next, members, removed, tied);
    }

    /** The table with its voters tied, or no longer. */
    public MemberTable withTied(boolean next) {
        return new MemberTable(groupId, nextSiteId, terms, members, removed, next);
    }

    /**
     * Whether it says that records are forced before they are acknowledged. A founding table doesn't know yet, so a site that
     * has lost all behind that must not trust what it finds (§2.3, §6).
     */
    public boolean forcesRecords() {
        return !members.isEmpty() && !isFounding() && terms.durability() == Durability.SYNC;
    }

    /** Whether its voters are two, of which one may go on alone (protocol.md §4.6). */
    public boolean isLoosePair() {
        return !terms.twoSiteStrict() && voters().size() == 2;
    }

    /** Writes the table. */
    public void write(ValueWriter out) {
        out.putByte(FORMAT).putUuid(groupId).putInt(nextSiteId);
        terms.write(out);
        out.putAll(members, (writer, member) -> member.write(writer))
                .putAll(removed, ValueWriter::putUuid)
                .putBoolean(tied);
    }

    /** Reads a table. */
    public static MemberTable read(ValueReader in) {
        byte format = in.getByte();
        if (format != FORMAT) {
            throw new MalformedValueException("member table of format " + format + "; this release reads " + FORMAT);
        }
        return new MemberTable(
                in.getUuid(),
                in.getInt(),
                GroupTerms.read(in),
                in.getAll(Member::read),
                in.getAll(ValueReader::getUuid),
                in.getBoolean());
    }
}
