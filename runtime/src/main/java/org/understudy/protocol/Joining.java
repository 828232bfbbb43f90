package org.understudy.protocol;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.understudy.SiteState;
import org.understudy.log.Ballot;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;

/** How a site comes into its group: it asks helpers, is sent on to the master, or makes the group (protocol.md §6). */
final class Joining {
    private static final long ASK_AGAIN_MICROS = 200_000;

    private final ReplicaContext context;
    private final Orders orders;
    private final Set<String> targets = new TreeSet<>();

    /** Helpers that have no group or, for a site that forgets nothing, can't be reached: when all are here, the creator creates. */
    private final Set<String> groupless = new HashSet<>();

    private Optional<Input.Start> start = Optional.empty();
    private boolean founding;
    private boolean creating;
    private long endMicros = Long.MAX_VALUE;
    private long askAt = Long.MAX_VALUE;
    private long request;
    private String obstacle = "no helper has answered yet";

    Joining(ReplicaContext context, Orders orders) {
        this.context = context;
        this.orders = orders;
    }

    /** Whether a start is waiting to be a member. */
    boolean isActive() {
        return start.isPresent();
    }

    /** The sites to be connected with for joining. */
    Set<String> targets() {
        return targets;
    }

    /** Begins; returns at once where there is nothing to wait for. */
    void begin(Input.Start input) {
        start = Optional.of(input);
        endMicros = context.now + input.timeoutMicros();
        groupless.clear();
        targets.clear();
        creating = false;
        if (isToBeDemoted()) {
            demote(input.timeoutMicros());
        } else if (!isMember()) {
            targets.addAll(input.helpers());
            context.members.members().forEach(member -> targets.add(member.name()));
            input.founding().members().forEach(member -> targets.add(member.name()));
            targets.remove(context.settings.localSite());
            if (isOfOtherFounders(input.founding())) {
                end(new Effect.Result.Refused("site " + context.settings.localSite() + " begins group id "
                        + input.founding().groupId() + " by its legacy-sites, but its home belongs to group id "
                        + context.ballot.groupId()
                        + ", which is not made yet: name the same sites as at its first start,"
                        + " on all of them, or empty its home"));
                return;
            }
            if (targets.isEmpty() && !input.creator() && !input.founding().exists()) {
                end(new Effect.Result.Refused("site " + context.settings.localSite()
                        + " belongs to no group and has nobody to ask: set bootstrap-helpers to members of the group, or"
                        + " group-creator=true on the one site that makes it"));
                return;
            }
            found(input.founding());
            ask();
        }
        check();
    }

    /** Whether this site began with another list of sites, or was taken into another group. */
    private boolean isOfOtherFounders(MemberTable table) {
        boolean isMade = context.members.exists() && !context.members.isFounding();
        return table.exists()
                && !isMade
                && context.ballot.hasGroup()
                && !context.ballot.groupId().equals(table.groupId());
    }

    /** Begins the log with the record with which every site of the group begins it (protocol.md §6). */
    private void found(MemberTable table) {
        if (table.exists() && !context.members.exists() && !founding) {
            founding = true;
            context.beginsLog = true;
            takeGroup(table.groupId());
            context.emit(new Effect.BeginLog(new MembershipChange(MemberTable.NONE, table)));
        }
    }

    private boolean isMember() {
        return !isToBeDemoted()
                && !context.members.isFounding()
                && context.me()
                        .filter(member -> member.state() == SiteState.PRESENT)
                        .isPresent();
    }

    /** Whether this site votes as far as the table goes, but is a view by its configuration; a group that is not made yet demotes nobody. */
    private boolean isToBeDemoted() {
        return context.settings.view() && context.isVoter() && !context.members.isFounding();
    }

    /** A voting site that is started as a view asks the master to make it one (protocol.md §6). */
    private void demote(long timeoutMicros) {
        obstacle = "its demotion to a view is not permanent yet";
        orders.begin(new Command.DemoteToView(context.settings.localSite()), timeoutMicros, result -> {
            if (isActive() && isToBeDemoted() && !(result instanceof Effect.Result.Done)) {
                end(result);
            }
        });
    }

    /** A demotion that was undone with its master's records is asked for again. */
    void demoteAgain() {
        if (!isActive() && isToBeDemoted()) {
            long timeout = 10 * context.settings.times().electionTimeoutMicros();
            orders.begin(new Command.DemoteToView(context.settings.localSite()), timeout, result -> {});
        }
    }

    /** Why this site can't be started as it is configured; empty when it can. */
    Optional<String> refusal() {
        String self = "site " + context.settings.localSite();
        if (!context.settings.view() && context.me().filter(Member::view).isPresent()) {
            return Optional.of(
                    self + " is a view, and a view never becomes a voting site again: set view=true, or remove"
                            + " it from the group, empty its home and start it as a new site");
        }
        if (isToBeDemoted() && context.otherVoters().stream().noneMatch(Member::isElectable)) {
            return Optional.of(self + " is the only site that could be master and can't become a view: add another"
                    + " voting site, or raise a priority, first");
        }
        return Optional.empty();
    }

    private boolean isCreator() {
        return start.filter(Input.Start::creator).isPresent() && !context.members.exists();
    }

    private void ask() {
        if (isMember() || isToBeDemoted()) {
            askAt = Long.MAX_VALUE;
            return;
        }
        askAt = context.now + ASK_AGAIN_MICROS;
        for (String target : targets) {
            context.peers.connected(target).ifPresent(this::ask);
        }
        createIfAlone();
    }

    private void ask(Peer peer) {
        boolean replaces = start.filter(Input.Start::replaces).isPresent();
        context.send(
                peer,
                new Message.JoinRequest(++request, context.settings.priority(), context.settings.view(), replaces));
    }

    void connected(Peer peer) {
        groupless.remove(peer.name());
        if (isActive() && !isMember() && !isToBeDemoted() && targets.contains(peer.name())) {
            ask(peer);
        }
    }

    void connectFailed(String site, String reason) {
        if (isActive() && targets.contains(site)) {
            obstacle = "site " + site + ": " + reason;
            if (start.filter(Input.Start::forgetful).isEmpty()) { // which has to hear from all that there is no group
                groupless.add(site);
                createIfAlone();
            }
        }
    }

    /** Asks its helpers first: if one answers for a group of that name, it joins and creates nothing (protocol.md §6). */
    private void createIfAlone() {
        boolean alone = isCreator() && !creating && groupless.containsAll(targets) && !context.ballot.hasGroup();
        if (!alone) {
            return;
        }
        creating = true;
        UUID group = context.randomId();
        ReplicaSettings settings = context.settings;
        Member self = new Member(
                1, settings.localSite(), context.ballot.incarnation(), SiteState.PRESENT, false, settings.priority());
        MemberTable table = new MemberTable(group, 2, settings.terms(), List.of(self), List.of());
        context.emit(new Effect.BeginLog(new MembershipChange(MemberTable.NONE, table)));
    }

    /** Whether an answer is of use; tells whom to connect with next. */
    void onAnswer(Peer from, Message.JoinAnswer answer) {
        if (!isActive() || isMember()) {
            return;
        }
        switch (answer.outcome()) {
            case NO_GROUP -> {
                obstacle = "site " + from + " belongs to no group itself";
                groupless.add(from.name());
                createIfAlone();
            }
            case LATER -> obstacle = "site " + from + ": " + answer.reason();
            case REDIRECT -> {
                targets.add(answer.master());
                context.emit(new Effect.ConnectNow(answer.master()));
            }
            case ACCEPTED -> {
                obstacle = "accepted by master " + from + ", not caught up yet";
                takeGroup(answer.groupId());
            }
            case REFUSED -> end(new Effect.Result.Refused(answer.reason()));
        }
    }

    private void takeGroup(UUID group) {
        if (!context.ballot.groupId().equals(group)) {
            context.saveBallot(context.ballot.inGroup(group, context.settings.localSite()));
            context.emit(new Effect.IdentityChanged(group));
        }
    }

    /** The group this site's own log belongs to is the one it names from now on. */
    void takeGroupFromLog() {
        if (context.members.exists() && !context.ballot.groupId().equals(context.members.groupId())) {
            takeGroup(context.members.groupId());
        }
    }

    /** Answers another site's wish to join, where this site is not the master. */
    void answerAsMember(Peer from, Message.JoinRequest request, String master) {
        UUID group = context.ballot.groupId();
        boolean none = group.equals(Ballot.NO_ID);
        Message.JoinOutcome outcome = none
                ? Message.JoinOutcome.NO_GROUP
                : master.isEmpty() ? Message.JoinOutcome.LATER : Message.JoinOutcome.REDIRECT;
        String reason = none ? "no group here yet" : master.isEmpty() ? "no master is known here now" : "";
        context.send(from, new Message.JoinAnswer(request.request(), outcome, group, master, reason));
    }

    /** Ends the start once this site is present and that is permanent. */
    void check() {
        if (isActive() && isMember() && context.membersLsn <= context.permanentLsn) {
            end(new Effect.Result.Done());
        }
    }

    /** A restarted member needs to wait for nobody. */
    void endAsMember() {
        if (isActive() && isMember()) {
            end(new Effect.Result.Done());
        }
    }

    /** This site can't become a member as it is. */
    void refuse(String reason) {
        if (isActive()) {
            end(new Effect.Result.Refused(reason));
        }
    }

    private void end(Effect.Result result) {
        long of = start.orElseThrow().request();
        start = Optional.empty();
        askAt = Long.MAX_VALUE;
        endMicros = Long.MAX_VALUE;
        context.emit(new Effect.CommandEnded(of, result));
    }

    long deadline() {
        return Math.min(askAt, endMicros);
    }

    void tick() {
        if (isActive() && context.now >= endMicros) {
            List<String> asked = new ArrayList<>(targets);
            String what = context.members.isFounding()
                    ? "found its group, which needs all of " + asked
                    : isToBeDemoted() ? "become a view" : "join group through " + asked;
            end(new Effect.Result.Unavailable("site " + context.settings.localSite() + " could not "
                    + what + " in time: " + obstacle
                    + "; start again, it goes on by itself once accepted"));
        } else if (isActive() && context.now >= askAt) {
            ask();
        }
    }
}
