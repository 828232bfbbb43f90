package org.understudy.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.understudy.Standing;
import org.understudy.log.Ballot;
import org.understudy.log.LogRecord;
import org.understudy.log.MemberTable;
import org.understudy.log.RecordKind;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/**
 * Nobody votes twice in a generation (protocol.md §13, invariant 8), no vote leaves before it is on the disk (§2.2), and a
 * master has a majority's (§4.3).
 */
final class OneVote implements Observer {
    private static final String NAME = "nobody votes twice in a generation (§13.8)";

    private final Map<Vote, UUID> votes = new HashMap<>();
    private final Map<UUID, String> names = new HashMap<>();
    private final Map<Vote, Standing> candidacies = new HashMap<>();

    private record Vote(UUID voter, long generation) {}

    @Override
    public void sent(SimulatedSite site, Peer to, Message message) {
        Ballot ballot = site.disk().ballot();
        if (message instanceof Message.VoteAnswer answer && answer.granted()) {
            boolean first = !votes.containsKey(new Vote(ballot.incarnation(), answer.generation()));
            vote(site, ballot, answer.generation(), to.incarnation());
            if (first) {
                checkStanding(site, candidacies.get(new Vote(to.incarnation(), answer.generation())));
            }
        } else if (message instanceof Message.VoteRequest request) {
            vote(site, ballot, request.generation(), ballot.incarnation());
            candidacies.put(new Vote(ballot.incarnation(), request.generation()), request.standing());
        }
    }

    @Override
    public void written(SimulatedSite site, LogRecord record) {
        if (record.kind() != RecordKind.GENERATION) {
            return;
        }
        MemberTable table = site.tip().members();
        UUID candidate = site.disk().ballot().incarnation();
        names.put(candidate, site.name());
        long given = table.isFounding()
                ? founders(table, candidate, record.generation())
                : table.voters().stream()
                        .filter(voter -> isFor(candidate, voter.incarnation(), record.generation()))
                        .count();
        // Of two that are not strict one may go on alone, in a generation the other never takes (§4.6).
        boolean alone = table.isLoosePair() && !table.tied() || TablesOverlap.isForced(record.generation());
        int needed = alone ? 1 : table.majority();
        if (given < needed) {
            throw new Violation(
                    "a master has a majority's votes (§4.3)",
                    site + " begins generation " + record.generation() + " with " + given + " votes of "
                            + table.voters().size());
        }
    }

    private boolean isFor(UUID candidate, UUID voter, long generation) {
        return voter.equals(candidate) || candidate.equals(votes.get(new Vote(voter, generation)));
    }

    /** How many of those who begin a group alike, and are known by name only, voted for this one (§6). */
    private long founders(MemberTable table, UUID candidate, long generation) {
        return names.entrySet().stream()
                .filter(voter -> isFor(candidate, voter.getKey(), generation))
                .map(Map.Entry::getValue)
                .filter(name -> table.byName(name).isPresent())
                .distinct()
                .count();
    }

    private static void checkStanding(SimulatedSite site, Standing candidate) {
        if (!candidate.atLeast(site.tip().standing())) {
            throw new Violation(
                    "a vote is for a standing at least one's own, all that was accepted included (§4.3)",
                    site + " has accepted " + site.tip() + " and votes for a log that ends at " + candidate);
        }
    }

    private void vote(SimulatedSite site, Ballot ballot, long generation, UUID candidate) {
        names.put(ballot.incarnation(), site.name());
        UUID earlier = votes.putIfAbsent(new Vote(ballot.incarnation(), generation), candidate);
        if (earlier != null && !earlier.equals(candidate)) {
            throw new Violation(NAME, site + " votes for a second site in generation " + generation);
        }
        if (ballot.votedGeneration() < generation) {
            throw new Violation(NAME, site + " votes in generation " + generation + ", its disk says " + ballot);
        }
    }
}
