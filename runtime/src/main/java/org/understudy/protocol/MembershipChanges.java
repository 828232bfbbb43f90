package org.understudy.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
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
            String site, Kind kind, Optional<Message.JoinRequest> join, Peer from, Consumer<Effect.Result> done) {}

    private enum Kind {
        JOIN,
        PROMOTE,
        REMOVE
    }

    private final ReplicaContext context;
    private final Deque<Change> waiting = new ArrayDeque<>();
    private Change current;
    private long currentLsn = NONE;

    MembershipChanges(ReplicaContext context) {
        this.context = context;
    }

    /** Adds a site as joining; one that is there already is as good as added. */
    void join(Peer from, Message.JoinRequest request, Consumer<Effect.Result> done) {
        if (context.memberOf(from).isPresent()) {
            done.accept(new Effect.Result.Done());
        } else if (isQueued(from.name())) {
            done.accept(new Effect.Result.Unavailable("another change of this site is under way"));
        } else {
            waiting.add(new Change(from.name(), Kind.JOIN, Optional.of(request), from, done));
        }
    }

    /** Turns a joining site into a present one, which may have caught up before its joining is permanent. */
    void promote(Member member) {
        if (!isPromoted(member.name())) {
            Peer peer = new Peer(member.name(), member.incarnation());
            waiting.add(new Change(member.name(), Kind.PROMOTE, Optional.empty(), peer, result -> {}));
        }
    }

    /** Takes a site out of the group. */
    void remove(Member member, Consumer<Effect.Result> done) {
        Peer peer = new Peer(member.name(), member.incarnation());
        waiting.add(new Change(member.name(), Kind.REMOVE, Optional.empty(), peer, done));
    }

    private boolean isQueued(String site) {
        return (current != null && current.site().equals(site))
                || waiting.stream().anyMatch(change -> change.site().equals(site));
    }

    private boolean isPromoted(String site) {
        return Stream.concat(Optional.ofNullable(current).stream(), waiting.stream())
                .anyMatch(
                        change -> change.kind() == Kind.PROMOTE && change.site().equals(site));
    }

    /** Whether a change is under way. */
    boolean isBusy() {
        return currentLsn != NONE;
    }

    /** A membership record of this mastership is in the log. */
    void appended(long lsn) {
        if (currentLsn == NOT_APPENDED_YET) {
            currentLsn = lsn;
        }
    }

    /** Ends the change under way once permanent and begins the next; nothing before this mastership's first record is permanent. */
    void advance(long generationFirstLsn) {
        if (currentLsn > 0 && context.permanentLsn >= currentLsn) {
            Change ended = current;
            current = null;
            currentLsn = NONE;
            ended.done().accept(new Effect.Result.Done());
        }
        boolean settled = generationFirstLsn > 0 && context.permanentLsn >= generationFirstLsn;
        while (settled && context.rules.mayChangeMembers(currentLsn == NONE) && !waiting.isEmpty()) {
            begin(waiting.poll());
        }
    }

    private void begin(Change change) {
        MemberTable before = context.members;
        MemberTable after = after(change, before);
        Optional<Effect.Result> refusal = refusal(change, before, after);
        if (refusal.isPresent()) {
            change.done().accept(refusal.get());
        } else {
            current = change;
            currentLsn = NOT_APPENDED_YET;
            context.emit(new Effect.AppendControl(RecordKind.MEMBERSHIP, new MembershipChange(before, after).encode()));
        }
    }

    private static MemberTable after(Change change, MemberTable before) {
        Optional<Member> member = before.byName(change.site());
        return switch (change.kind()) {
            case JOIN ->
                member.isPresent()
                        ? before
                        : before.withJoining(
                                change.site(),
                                change.from().incarnation(),
                                change.join().orElseThrow().view(),
                                change.join().orElseThrow().priority());
            case PROMOTE ->
                member.filter(found -> found.state() == SiteState.JOINING)
                        .map(found -> before.with(found.siteId(), joined -> joined.withState(SiteState.PRESENT)))
                        .orElse(before);
            case REMOVE -> member.map(found -> before.without(found.siteId())).orElse(before);
        };
    }

    private Optional<Effect.Result> refusal(Change change, MemberTable before, MemberTable after) {
        if (after.equals(before)) {
            return Optional.of(new Effect.Result.Unavailable("site " + change.site() + " changed meanwhile"));
        }
        if (after.voters().stream().noneMatch(Member::isElectable)) {
            return Optional.of(new Effect.Result.Refused("without site " + change.site()
                    + " no site of the group could become master: add one, or raise a priority, first"));
        }
        long reachable = after.voters().stream().filter(this::isReachable).count();
        boolean changesVoters = !after.voters().equals(before.voters());
        if (changesVoters && reachable < after.majority()) {
            return Optional.of(new Effect.Result.Unavailable("only " + reachable + " of the "
                    + after.voters().size()
                    + " voting sites there would be are connected, and the change itself needs " + after.majority()
                    + ": bring sites back, or remove those that are lost, first"));
        }
        return Optional.empty();
    }

    private boolean isReachable(Member voter) {
        return context.isMe(voter)
                || context.peers
                        .connected(voter.name())
                        .filter(peer -> peer.incarnation().equals(voter.incarnation()))
                        .isPresent();
    }

    /** Mastership ends: whoever waits asks the next master. */
    void abandon(String reason) {
        if (current != null) {
            current.done().accept(new Effect.Result.Unavailable(reason));
        }
        waiting.forEach(change -> change.done().accept(new Effect.Result.Unavailable(reason)));
        waiting.clear();
        current = null;
        currentLsn = NONE;
    }
}
