package org.understudy.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.understudy.ForceMasterReport;
import org.understudy.Standing;
import org.understudy.event.PossibleLoss;
import org.understudy.log.Member;

/** Makes this site master of those that remain, on the operator's word that the others are lost (protocol.md §4.7). */
final class ForcedMastership {
    /** Elections count upwards within such a span; a mastership that is forced begins another. */
    private static final long SPAN = 1_000_000_000_000_000L;

    /** In a span of its own each site has this many, so that two that are forced apart never share a generation. */
    private static final long SHARE = 1_000_000_000L;

    private enum Stage {
        IDLE,
        ASKING,
        STANDING,
        CHANGING
    }

    private final ReplicaContext context;
    private final Roles roles;
    private final Map<String, Message.CanvassAnswer> answers = new TreeMap<>();
    private final Set<String> grants = new TreeSet<>();
    private Optional<Input.ForceMaster> order = Optional.empty();
    private Stage stage = Stage.IDLE;
    private long round;
    private long generation;
    private long permanentLsn;
    private boolean changed;
    private long deadline = Long.MAX_VALUE;

    ForcedMastership(ReplicaContext context, Roles roles) {
        this.context = context;
        this.roles = roles;
    }

    void begin(Input.ForceMaster input) {
        if (stage != Stage.IDLE) {
            end(input, new Effect.Result.Unavailable("mastership is being forced here, or asked for, already"));
            return;
        }
        order = Optional.of(input);
        enter(Stage.ASKING, context.settings.times().electionTimeoutMicros());
        answers.clear();
        round--; // an election's rounds count upwards: neither takes the other's answers
        for (Member voter : context.otherVoters()) {
            Optional<Peer> peer = context.peers.connected(voter.name());
            if (peer.isPresent()) {
                ask(peer.get());
            } else if (!context.peers.of(voter.name()).unreachable) {
                context.emit(new Effect.ConnectNow(voter.name()));
            }
        }
    }

    private void ask(Peer peer) {
        context.send(peer, new Message.CanvassRequest(round, context.generation()));
    }

    private void enter(Stage next, long forMicros) {
        stage = next;
        deadline = context.now + forMicros;
    }

    /** A site is back: asked as well, and not lost at all. */
    void connected(Peer peer) {
        if (stage == Stage.ASKING && context.counts(peer)) {
            ask(peer);
        } else if (stage == Stage.STANDING && context.counts(peer) && !answers.containsKey(peer.name())) {
            giveUp("site " + peer + " is back");
        }
    }

    void onCanvassAnswer(Peer from, Message.CanvassAnswer answer) {
        if (stage == Stage.ASKING && answer.round() == round && context.counts(from)) {
            answers.put(from.name(), answer);
        }
    }

    void onVoteAnswer(Peer from, Message.VoteAnswer answer) {
        boolean mine = stage == Stage.STANDING && answer.generation() == generation && context.counts(from);
        if (mine && answer.granted()) {
            grants.add(from.name());
        } else if (mine) {
            giveUp("site " + from + " refused its vote: " + answer.reason());
        }
    }

    /** Goes on as far as it can, after every input. */
    void check() {
        if (stage == Stage.ASKING && (isAnswered() || context.now >= deadline)) {
            examined();
        }
        if (stage == Stage.STANDING) {
            stand();
        }
        if (stage == Stage.CHANGING) {
            change();
        }
    }

    private boolean isAnswered() {
        return context.otherVoters().stream()
                .allMatch(voter -> answers.containsKey(voter.name())
                        || (!context.peers.isConnected(voter.name()) && context.peers.of(voter.name()).unreachable));
    }

    private void examined() {
        Input.ForceMaster asked = order.orElseThrow();
        ForceMasterReport report = report();
        if (asked.lost().isEmpty()) {
            end(new Effect.Result.Examined(report));
        } else if (!report.isPossible()) {
            end(new Effect.Result.Refused(String.join("; ", report.obstacles())));
        } else if (!report.lost().equals(asked.lost().get())) {
            end(new Effect.Result.Refused("the sites that do not answer are " + report.lost()
                    + ", those to be given up " + new TreeSet<>(asked.lost().get())
                    + ": name exactly those that are lost for good, and start the others"));
        } else {
            permanentLsn = report.permanentLsn();
            askForVotes();
        }
    }

    private ForceMasterReport report() {
        Map<String, Standing> answering = new TreeMap<>();
        Set<String> lost = new TreeSet<>();
        long permanent = context.permanentLsn;
        for (Member voter : context.otherVoters()) {
            Message.CanvassAnswer answer = answers.get(voter.name());
            if (answer == null) {
                lost.add(voter.name());
            } else {
                answering.put(voter.name(), answer.standing());
                permanent = Math.max(permanent, context.peers.of(voter.name()).permanentLsn);
            }
        }
        return new ForceMasterReport(
                context.settings.localSite(), context.last, permanent, answering, lost, obstacles(answering));
    }

    private List<String> obstacles(Map<String, Standing> answering) {
        if (roles.master().isPresent() || roles.hearsMaster()) {
            return List.of("site " + roles.masterName() + " is master");
        }
        List<String> obstacles = new ArrayList<>();
        if (context.members.isFounding()) {
            obstacles.add("the group is not made yet, and nothing is in it: start all sites of legacy-sites, or empty"
                    + " their homes and name others");
        }
        if (!new Eligibility(context, roles).canStand(true)) {
            obstacles.add("this site can't be master: "
                    + context.failure.orElse("it is no electable member, or is not ready"));
        } else if (context.promises.remainingMicros() > 0) {
            obstacles.add("this site has promised its vote to the last master for "
                    + context.promises.remainingMicros() / 1000 + " ms yet");
        }
        answers.forEach((site, answer) -> {
            if (answer.kind() == Message.CanvassKind.MASTER_ALIVE) {
                obstacles.add("site " + site + " hears that site " + answer.master() + " is master");
            } else if (answer.kind() == Message.CanvassKind.PREPARING) {
                obstacles.add("site " + site + " is about to stand for election");
            }
        });
        answering.forEach((site, standing) -> {
            if (standing.compareTo(context.last) > 0) {
                obstacles.add("site " + site + " knows more, " + standing + " and not only " + context.last
                        + ": force mastership there");
            }
        });
        for (PeerState other : context.peers.allConnected()) {
            boolean unknown = context.members.byName(other.name).isEmpty() && !context.isRemoved(other.peer);
            if (unknown && other.last.compareTo(context.last) > 0) {
                obstacles.add(
                        "site " + other.name + ", which came into the group later than this site knows, knows more, "
                                + other.last + " and not only " + context.last + ": force mastership there");
            }
        }
        if (1 + answering.size() >= context.members.majority()) {
            obstacles.add("the majority is not lost: " + (1 + answering.size()) + " of "
                    + context.members.voters().size() + " voting sites answer, and elect a master by themselves");
        }
        return obstacles;
    }

    /**
     * Every site that remains has to vote, the barred too, so that none of them knows more and all refuse what is older.
     */
    private void askForVotes() {
        long highest = answers.values().stream()
                .mapToLong(Message.CanvassAnswer::generation)
                .reduce(context.generation(), Math::max);
        int siteId = context.me().map(Member::siteId).orElseThrow();
        generation = forced(highest, siteId);
        grants.clear();
        changed = false;
        roles.elections().cease(false);
        enter(Stage.STANDING, context.settings.times().electionTimeoutMicros());
        context.saveBallot(context.voted(generation, context.ballot.incarnation(), context.last));
        for (String site : answers.keySet()) {
            context.peers
                    .connected(site)
                    .ifPresent(peer -> context.send(peer, new Message.VoteRequest(generation, context.last, 0, true)));
        }
    }

    /**
     * A generation that the sites given up can't come to by electing each other, wherever they live on, and no other site by
     * force: two masters in one generation must never be, whatever the operator says.
     */
    static long forced(long highest, int siteId) {
        return Math.addExact(Math.multiplyExact(highest / SPAN + 1, SPAN), siteId * SHARE);
    }

    private void stand() {
        if (context.generation() != generation || roles.hearsMaster()) {
            giveUp("generation " + context.generation() + " has begun");
        } else if (grants.containsAll(answers.keySet())) {
            roles.elections().cease(true);
            roles.becomeMaster(generation, Optional.empty());
            enter(Stage.CHANGING, order.orElseThrow().timeoutMicros());
        } else if (context.now >= deadline) {
            giveUp("not all of " + answers.keySet() + " voted in time");
        }
    }

    private void giveUp(String reason) {
        end(new Effect.Result.Unavailable(reason + "; nothing is changed: ask for a dry run again"));
        roles.elections().waitThenCanvass(context.settings.times().electionRetryMicros());
    }

    /** The table without the lost ones comes behind the generation's first record, and counts from there on. */
    private void change() {
        if (roles.master().isEmpty()) {
            end(new Effect.Result.Unavailable("mastership was lost before the change of members was permanent"));
        } else if (context.now >= deadline) {
            end(new Effect.Result.Unavailable(
                    "the change of members is not permanent in time; it may still come to be"));
        } else if (!changed && roles.openMaster().isPresent()) {
            changed = true;
            Input.ForceMaster asked = order.orElseThrow();
            Set<String> lost = asked.lost().orElseThrow();
            context.fire(origin -> new PossibleLoss(
                    origin,
                    "mastership was forced here and " + new TreeSet<>(lost)
                            + " given up: what they acknowledged from LSN " + (permanentLsn + 1) + " on may be lost"));
            roles.openMaster().get().administration().giveUp(lost, result -> {
                if (order.filter(asked::equals).isPresent()) {
                    end(result);
                }
            });
        }
    }

    private void end(Effect.Result result) {
        Input.ForceMaster ended = order.orElseThrow();
        order = Optional.empty();
        stage = Stage.IDLE;
        deadline = Long.MAX_VALUE;
        end(ended, result);
    }

    private void end(Input.ForceMaster ended, Effect.Result result) {
        context.emit(new Effect.CommandEnded(ended.request(), result));
    }

    long deadline() {
        return deadline;
    }
}
