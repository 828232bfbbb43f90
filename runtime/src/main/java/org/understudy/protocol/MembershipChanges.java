package org.understudy.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.understudy.SiteState;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordKind;

/** A master's changes of the member table: one at a time, the next when the last is permanent (protocol.md §6). */
final class MembershipChanges {
    private static final long NONE = 0;
    private static final long NOT_APPENDED_YET = -1;

    /** One change waiting for its turn; {@code done} hears how it ended. */
    private record Change(
            String site, boolean promotes, UnaryOperator<MemberTable> edit, Consumer<Effect.Result> done) {}

    private final ReplicaContext context;
    private final Deque<Change> waiting = new ArrayDeque<>();
    private long generationFirstLsn;
    private Change current;
    private long currentLsn = NONE;

    /** Whether the last change of this mastership left a pair that isn't strict tied, and found it a pair. */
    private boolean tiesPair;

    MembershipChanges(ReplicaContext context) {
        this.context = context;
    }

    /** The mastership's first record is in the log: no change before it is permanent. */
    void begin(long firstLsn) {
        generationFirstLsn = firstLsn;
    }

    /** Changes the table by this, once it is its turn; a table that is so already is as good as changed. */
    void change(String site, UnaryOperator<MemberTable> edit, Consumer<Effect.Result> done) {
        waiting.add(new Change(site, false, edit, done));
        advance();
    }

    /** Turns a joining site into a present one, which may have caught up before its joining is permanent. */
    void promote(Member member) {
        boolean isPromoted = all().anyMatch(change -> change.promotes() && isOf(change, member.name()));
        if (!isPromoted) {
            waiting.add(new Change(member.name(), true, table -> promoted(table, member), result -> {}));
            advance();
        }
    }

    private static MemberTable promoted(MemberTable table, Member member) {
        return table.find(member.name(), member.incarnation())
                .filter(found -> found.state() == SiteState.JOINING)
                .map(found -> table.with(found.siteId(), joined -> joined.withState(SiteState.PRESENT)))
                .orElse(table);
    }

    /** Whether a change of this site is under way or waiting. */
    boolean isQueued(String site) {
        return all().anyMatch(change -> isOf(change, site));
    }

    private Stream<Change> all() {
        return Stream.concat(Optional.ofNullable(current).stream(), waiting.stream());
    }

    private static boolean isOf(Change change, String site) {
        return change.site().equals(site);
    }

    /** A membership record of this mastership is in the log. */
    void appended(long lsn) {
        if (currentLsn == NOT_APPENDED_YET) {
            currentLsn = lsn;
        }
    }

    /** Ends the change under way once permanent and begins the next; nothing before this mastership's first record is permanent. */
    void advance() {
        if (currentLsn > 0 && context.permanentLsn >= currentLsn) {
            Change ended = current;
            current = null;
            currentLsn = NONE;
            ended.done().accept(new Effect.Result.Done());
        }
        boolean settled = generationFirstLsn > 0 && context.permanentLsn >= generationFirstLsn;
        boolean goesOn = settled;
        while (goesOn && context.rules.mayChangeMembers(currentLsn == NONE) && !waiting.isEmpty()) {
            goesOn = begin(waiting.poll());
        }
        if (settled && currentLsn == NONE && waiting.isEmpty() && context.members.tied()) {
            String self = context.settings.localSite();
            write(
                    new Change(self, false, table -> table.withTied(false), result -> {}),
                    context.members.withTied(false));
        }
    }

    /** Begins a change; false if the pair has to be tied first, and the change waits for that. */
    private boolean begin(Change change) {
        MemberTable before = context.members;
        MemberTable after = change.edit().apply(before);
        Optional<Effect.Result> refusal = refusal(change, before, after);
        boolean changesVoters = !voters(after).equals(voters(before));
        boolean tiesFirst = changesVoters && before.isLoosePair() && !before.tied() && context.rules.tiesPairFirst();
        if (after.equals(before)) {
            change.done().accept(new Effect.Result.Done());
        } else if (refusal.isPresent()) {
            change.done().accept(refusal.get());
        } else if (tiesFirst && !before.voters().stream().allMatch(this::isReachable)) {
            change.done()
                    .accept(new Effect.Result.Unavailable("the other site of the pair is away and might go on alone:"
                            + " bring it back first, or remove it with force if it is off"));
        } else if (tiesFirst) {
            waiting.addFirst(change);
            write(new Change(change.site(), false, change.edit(), result -> {}), before.withTied(true));
            return false;
        } else {
            write(change, changesVoters ? after.withTied(becomesPair(before, after)) : after);
        }
        return true;
    }

    /**
     * Whether a larger group shrinks to a pair that isn't strict: until both have stored that they are one, whoever is removed
     * may still elect one of them, so neither may go on alone, not even when it is told to (§4.6).
     */
    private boolean becomesPair(MemberTable before, MemberTable after) {
        return after.isLoosePair() && before.voters().size() > 2 && context.rules.tiesPairFirst();
    }

    private void write(Change change, MemberTable after) {
        current = change;
        currentLsn = NOT_APPENDED_YET;
        tiesPair = context.members.isLoosePair() && after.tied();
        context.emit(
                new Effect.AppendControl(RecordKind.MEMBERSHIP, new MembershipChange(context.members, after).encode()));
    }

    /**
     * Whether others than the pair may have decided with one of it: it is one by a change that isn't permanent, and by which
     * a larger group shrinks, as far as this mastership knows (§4.6).
     */
    boolean mayBeOutvoted() {
        return context.members.tied() && context.membersLsn > context.permanentLsn && !tiesPair;
    }

    /** The operator's word that the other site of a pair is off: this change waits for nothing, not even for what it lacks. */
    void force(String site, UnaryOperator<MemberTable> edit, Consumer<Effect.Result> done) {
        MemberTable after = edit.apply(context.members).withTied(false);
        if (generationFirstLsn == 0 || currentLsn == NOT_APPENDED_YET) {
            done.accept(new Effect.Result.Unavailable("another record of the master's is being written"));
        } else if (after.voters().stream().noneMatch(Member::isElectable)) {
            done.accept(noElectableLeft(site));
        } else {
            Optional.ofNullable(current)
                    .ifPresent(last -> last.done().accept(new Effect.Result.Unavailable("overtaken by force")));
            write(new Change(site, false, edit, done), after);
        }
    }

    private Optional<Effect.Result> refusal(Change change, MemberTable before, MemberTable after) {
        if (after.voters().stream().noneMatch(Member::isElectable)) {
            return Optional.of(noElectableLeft(change.site()));
        }
        long reachable = after.voters().stream().filter(this::isReachable).count();
        boolean changesVoters = !voters(after).equals(voters(before));
        if (changesVoters && reachable < after.majority()) {
            return Optional.of(new Effect.Result.Unavailable("only " + reachable + " of the "
                    + after.voters().size()
                    + " voting sites there would be are connected, and the change itself needs " + after.majority()
                    + ": bring sites back, or remove those that are lost, first"));
        }
        return Optional.empty();
    }

    private static Effect.Result noElectableLeft(String site) {
        return new Effect.Result.Refused("without site " + site
                + " no site of the group could become master: add one, or raise a priority, first");
    }

    private static List<UUID> voters(MemberTable table) {
        return table.voters().stream().map(Member::incarnation).toList();
    }

    private boolean isReachable(Member voter) {
        return context.isMe(voter) || context.peers.isConnected(voter);
    }

    /** Mastership ends: whoever waits asks the next master. */
    void abandon(String reason) {
        List<Change> abandoned = all().toList();
        waiting.clear();
        current = null;
        currentLsn = NONE;
        abandoned.forEach(change -> change.done().accept(new Effect.Result.Unavailable(reason)));
    }
}
