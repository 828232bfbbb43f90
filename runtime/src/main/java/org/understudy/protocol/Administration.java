package org.understudy.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.understudy.SiteState;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;

/** What a master does for those who administer the group: takes sites in, changes and removes them, hands over (protocol.md §4.4, §6). */
final class Administration {
    /** With this few records to go, the preferred master is caught up by the handover itself. */
    private static final long NEAR_RECORDS = 1_000;

    private final ReplicaContext context;
    private final Streams streams;
    private final MembershipChanges changes;
    private final Consumer<PeerState> heartbeat;
    private Optional<Handover> handover = Optional.empty();
    private long preferAtMicros;

    Administration(ReplicaContext context, Streams streams, MembershipChanges changes, Consumer<PeerState> heartbeat) {
        this.context = context;
        this.streams = streams;
        this.changes = changes;
        this.heartbeat = heartbeat;
    }

    void onJoin(Peer from, Message.JoinRequest request) {
        Optional<Member> known = context.members.byName(from.name());
        boolean other = known.filter(member -> !member.is(from.incarnation())).isPresent();
        if (context.memberOf(from).isPresent()) {
            answerJoin(from, request, Message.JoinOutcome.ACCEPTED, "");
        } else if (changes.isQueued(from.name())) {
            answerJoin(from, request, Message.JoinOutcome.LATER, "another change of this site is under way");
        } else if (other && (request.replaces() || known.get().state() == SiteState.JOINING)) {
            replace(known.get(), from, request);
        } else if (other) {
            answerJoin(
                    from,
                    request,
                    Message.JoinOutcome.REFUSED,
                    "site " + from + " is a member with another incarnation (its home was emptied or restored):"
                            + " remove the site from the group at any member, then start it again, or start it with"
                            + " replace=true");
        } else {
            join(from, request);
        }
    }

    /** Removes the old self, unless that is there, too; the site asks again and joins then: two changes (protocol.md §6). */
    private void replace(Member old, Peer from, Message.JoinRequest request) {
        if (streams.wasLiveLately(old)) {
            String reason = "another site " + from + " was connected a moment ago: two run under one name";
            answerJoin(from, request, Message.JoinOutcome.LATER, reason);
            return;
        }
        changes.change(old.name(), without(old), result -> {
            streams.forgetStrangers();
            String reason = result instanceof Effect.Result.Done ? "its old self is removed" : result.toString();
            answerJoin(from, request, Message.JoinOutcome.LATER, reason);
        });
    }

    private void join(Peer from, Message.JoinRequest request) {
        UnaryOperator<MemberTable> edit = table -> table.byName(from.name()).isPresent()
                ? table
                : table.withJoining(from.name(), from.incarnation(), request.view(), request.priority());
        changes.change(from.name(), edit, result -> {
            boolean in = context.memberOf(from).isPresent();
            String reason =
                    result instanceof Effect.Result.Done ? "site " + from + " changed meanwhile" : result.toString();
            answerJoin(from, request, in ? Message.JoinOutcome.ACCEPTED : Message.JoinOutcome.LATER, in ? "" : reason);
        });
    }

    private void answerJoin(Peer to, Message.JoinRequest request, Message.JoinOutcome outcome, String reason) {
        context.send(
                to,
                new Message.JoinAnswer(
                        request.request(), outcome, context.ballot.groupId(), context.settings.localSite(), reason));
        if (outcome == Message.JoinOutcome.ACCEPTED && context.peers.isConnected(to.name())) {
            heartbeat.accept(context.peers.of(to.name()));
        }
    }

    /** Carries out an order; a site that is to go itself hands over first. */
    void order(Command command, long timeoutMicros, Consumer<Effect.Result> done) {
        if (command instanceof Command.TransferMastership transfer) {
            transfer(transfer.site(), timeoutMicros, done);
        } else if (command instanceof Command.Remove remove) {
            remove(remove.site(), false, timeoutMicros, done);
        } else if (command instanceof Command.ForceRemove remove) {
            remove(remove.site(), true, timeoutMicros, done);
        } else if (command instanceof Command.ChangePriority change) {
            changePriority(change, timeoutMicros, done);
        } else if (command instanceof Command.DemoteToView demote) {
            demote(demote.site(), timeoutMicros, done);
        }
    }

    /** Takes these voters out on the operator's word, waiting for nothing (protocol.md §4.7). */
    void giveUp(Set<String> sites, Consumer<Effect.Result> done) {
        List<Member> lost = context.members.voters().stream()
                .filter(member -> sites.contains(member.name()))
                .toList();
        UnaryOperator<MemberTable> edit = table -> {
            MemberTable left = table;
            for (Member member : lost) {
                left = without(member).apply(left);
            }
            return left;
        };
        changes.force(String.join(", ", sites), edit, result -> {
            if (result instanceof Effect.Result.Done) {
                lost.forEach(member -> context.tellIfRemoved(new Peer(member.name(), member.incarnation())));
                streams.forgetStrangers();
            }
            done.accept(result);
        });
    }

    private void remove(String site, boolean force, long timeoutMicros, Consumer<Effect.Result> done) {
        Optional<Member> member = context.members.byName(site);
        if (member.filter(context::isMe).isPresent()) {
            handOverFirst(site, timeoutMicros, done);
            return;
        }
        UnaryOperator<MemberTable> edit = member.map(Administration::without).orElse(UnaryOperator.identity());
        Consumer<Effect.Result> then = result -> {
            if (result instanceof Effect.Result.Done && member.isPresent()) {
                context.tellIfRemoved(new Peer(site, member.get().incarnation()));
                streams.forgetStrangers();
            }
            done.accept(result);
        };
        boolean isAway = member.filter(Member::isVoting)
                .filter(voter -> !context.peers.isConnected(voter))
                .isPresent();
        if (!force || !context.isLoosePair() || !isAway) {
            changes.change(site, edit, then);
        } else if (changes.mayBeOutvoted()) {
            done.accept(new Effect.Result.Refused("that this site and site " + site
                    + " are a pair is not permanent, so that one and a site removed before may have elected a master and"
                    + " taken commits: start site " + site
                    + " again or, if it is lost for good, restart this site and then, unless a master is elected, force"
                    + " mastership, which tells what may be lost"));
        } else {
            changes.force(site, edit, then);
        }
    }

    private static UnaryOperator<MemberTable> without(Member member) {
        return table -> table.find(member.name(), member.incarnation())
                .map(found -> table.without(found.siteId()))
                .orElse(table);
    }

    private void changePriority(Command.ChangePriority change, long timeoutMicros, Consumer<Effect.Result> done) {
        Optional<Member> member = context.members.byName(change.site());
        if (member.isEmpty()) {
            done.accept(noSuchMember(change.site()));
        } else if (change.priority() < 0) {
            done.accept(new Effect.Result.Refused("a priority is never below 0, and this one is " + change.priority()));
        } else if (change.priority() == 0 && context.isMe(member.get())) {
            handOverFirst(change.site(), timeoutMicros, done);
        } else {
            changes.change(change.site(), edit(member.get(), found -> found.withPriority(change.priority())), done);
        }
    }

    private void demote(String site, long timeoutMicros, Consumer<Effect.Result> done) {
        Optional<Member> member = context.members.byName(site);
        if (member.isEmpty()) {
            done.accept(noSuchMember(site));
        } else if (context.isMe(member.get())) {
            handOverFirst(site, timeoutMicros, done);
        } else {
            changes.change(site, edit(member.get(), Member::asView), done);
        }
    }

    private static UnaryOperator<MemberTable> edit(Member member, UnaryOperator<Member> change) {
        return table -> table.find(member.name(), member.incarnation())
                .map(found -> table.with(found.siteId(), change))
                .orElse(table);
    }

    private Effect.Result noSuchMember(String site) {
        return new Effect.Result.Refused("no member is named '" + site + "'; the members are "
                + context.members.members().stream().map(Member::name).toList());
    }

    /** A master lowers or removes itself only after a handover (protocol.md §6): the next master does it. */
    private void handOverFirst(String site, long timeoutMicros, Consumer<Effect.Result> done) {
        Optional<Member> successor = streams.bestSuccessor();
        if (context.otherVoters().stream().noneMatch(Member::isElectable)) {
            done.accept(new Effect.Result.Refused("site " + site
                    + " is master and no other site could follow it: add one, or raise a priority, first"));
        } else if (successor.isEmpty()) {
            done.accept(new Effect.Result.Unavailable(
                    "site " + site + " is master, and no site that could follow it streams now"));
        } else {
            transfer(
                    successor.get().name(),
                    timeoutMicros,
                    result -> done.accept(new Effect.Result.Unavailable(
                            "mastership moves first, for site " + site + " is master; the next master does the rest")));
        }
    }

    /** Hands over to a site, or to the best one if none is named. */
    void transfer(String site, long timeoutMicros, Consumer<Effect.Result> done) {
        Optional<Member> target = site.isEmpty() ? streams.bestSuccessor() : context.members.byName(site);
        if (target.filter(context::isMe).isPresent()) {
            done.accept(new Effect.Result.Done());
        } else if (target.isEmpty()) {
            done.accept(noSuchMember(site));
        } else if (!target.get().isElectable()) {
            done.accept(new Effect.Result.Refused("site " + target.get().name()
                    + " can't become master: it is a view, still joining, or has priority 0"));
        } else if (handover.isPresent()) {
            done.accept(new Effect.Result.Unavailable(
                    "a handover to " + handover.get().target().name() + " is under way"));
        } else if (!streams.isLive(target.get().name())) {
            done.accept(new Effect.Result.Unavailable(
                    "site " + target.get().name() + " does not stream from the master now"));
        } else if (!streams.stands(target.get().name())) {
            done.accept(
                    new Effect.Result.Refused(
                            "site " + target.get().name()
                                    + " was started as a view and can't become master: it is made one as soon as that can be permanent"));
        } else {
            handover = Optional.of(new Handover(context, streams, target.get(), timeoutMicros, done));
        }
    }

    /** The handover that can be completed now. */
    Optional<Handover> settledHandover(long generationFirstLsn) {
        return handover.filter(running -> running.isSettled(generationFirstLsn));
    }

    /** Takes the handover out, so that stepping down doesn't call it failed. */
    Optional<Handover> takeHandover() {
        Optional<Handover> taken = handover;
        handover = Optional.empty();
        return taken;
    }

    /** The site that takes mastership back as soon as it has nearly all of the log (protocol.md §4.6). */
    private Optional<Member> preferred() {
        String name = context.members.terms().preferredMaster();
        return name.isEmpty() || handover.isPresent()
                ? Optional.empty()
                : context.otherVoters().stream()
                        .filter(member -> member.name().equals(name) && member.isElectable())
                        .filter(member ->
                                streams.stands(name) && context.last.lsn() - streams.ackedLsn(name) <= NEAR_RECORDS)
                        .findFirst();
    }

    void tick() {
        if (context.now >= preferAtMicros) {
            preferred().ifPresent(member -> {
                preferAtMicros = context.now + context.settings.times().electionRetryMicros();
                transfer(member.name(), context.settings.times().electionTimeoutMicros(), result -> {});
            });
        }
        handover.filter(running -> !running.obstacle().isEmpty()).ifPresent(running -> {
            handover = Optional.empty();
            running.cancel(running.obstacle());
        });
    }

    long deadline() {
        long due = preferred().isPresent() ? preferAtMicros : Long.MAX_VALUE;
        return Math.min(due, handover.map(Handover::deadline).orElse(Long.MAX_VALUE));
    }

    /** Mastership ends, and with it all that is under way. */
    void abandon(String reason) {
        changes.abandon(reason);
        takeHandover().ifPresent(running -> running.done().accept(new Effect.Result.Unavailable(reason)));
    }
}
