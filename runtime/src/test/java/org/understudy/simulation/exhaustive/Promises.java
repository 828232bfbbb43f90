package org.understudy.simulation.exhaustive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.understudy.Standing;
import org.understudy.log.Ballot;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;
import org.understudy.simulation.Violation;

/** The safety invariants of protocol.md §13, and what must be remembered to check them. */
final class Promises {
    /** The records that were ever called permanent, by their ids, in their order. */
    private List<Long> permanent = List.of(SmallSite.id(Member3.FIRST));

    private Map<Long, Long> masterships = Map.of();
    private Map<Long, UUID> votes = Map.of();

    Promises copy() {
        Promises copy = new Promises();
        copy.permanent = permanent;
        copy.masterships = masterships;
        copy.votes = votes;
        return copy;
    }

    int permanentCount() {
        return permanent.size();
    }

    long hash() {
        return permanent.hashCode() * 31L * 31L + masterships.hashCode() * 31L + votes.hashCode();
    }

    /** Invariants 1 and 4. */
    void mastershipBegins(SmallSite site) {
        long id = SmallSite.id(site.log.get(site.log.size() - 1));
        Map<Long, Long> more = new HashMap<>(masterships);
        Long other = more.put(site.tail, id);
        masterships = more;
        if (other != null && other != id) {
            throw new Violation("one mastership id per generation (§13.1)", "generation " + site.tail);
        }
        if (!site.holds(permanent, site.log.size())) {
            throw new Violation(
                    "what is permanent is in every later master's log (§13.4)",
                    Member3.name(site.number) + " becomes master of " + site.tail + " at " + site.last() + " without"
                            + " all of the " + permanent.size() + " permanent records");
        }
    }

    /** Invariant 2. */
    void logsMatch(SmallSite site, SmallSite[] all) {
        for (SmallSite other : all) {
            int lsn = Math.min(site.log.size(), other.log.size());
            while (lsn > 0
                    && site.standing(lsn).generation() != other.standing(lsn).generation()) {
                lsn--;
            }
            for (int i = 0; i < lsn; i++) {
                if (SmallSite.id(site.log.get(i)) != SmallSite.id(other.log.get(i))) {
                    throw new Violation(
                            "equal (generation, LSN) mean equal records and histories (§13.2)",
                            Member3.name(site.number) + " and " + Member3.name(other.number) + " at LSN " + (i + 1));
                }
            }
        }
    }

    /** Invariant 3, and what permanent means (§1). */
    void permanent(SmallSite site, long lsn, SmallSite[] all) {
        if (lsn > site.log.size()) {
            throw new Violation("only what is there is permanent", Member3.name(site.number) + " says " + lsn);
        }
        List<Long> prefix = new ArrayList<>();
        for (int i = 0; i < lsn; i++) {
            prefix.add(SmallSite.id(site.log.get(i)));
        }
        int common = Math.min(prefix.size(), permanent.size());
        if (!prefix.subList(0, common).equals(permanent.subList(0, common))) {
            throw new Violation(
                    "no permanent LSN differs (§13.3)", Member3.name(site.number) + " calls " + lsn + " permanent");
        }
        if (prefix.size() > permanent.size()) {
            int storing = 0;
            for (SmallSite each : all) {
                storing += each.holds(prefix, each.forced) ? 1 : 0;
            }
            if (storing < Member3.MAJORITY) {
                throw new Violation(
                        "permanent is what a majority stores (§1)",
                        Member3.name(site.number) + " calls " + lsn + " permanent, " + storing + " store it");
            }
            permanent = List.copyOf(prefix);
        }
    }

    /** Invariant 3. */
    void undone(SmallSite site, Standing kept) {
        if (kept.lsn() < site.permanentLsn) {
            throw new Violation(
                    "no permanent LSN is rolled back (§13.3)",
                    Member3.name(site.number) + " goes back to " + kept + ", below " + site.permanentLsn);
        }
    }

    /** Invariants 6 and 8, and what acknowledgements mean (§3). */
    void sent(SmallSite site, Peer to, Message message) {
        if (message instanceof Message.Ack ack) {
            if (ack.lsn() > site.forced || ack.generation() < site.ballot.highestGeneration()) {
                throw new Violation(
                        "an ack names what is stored, in the highest generation promised (§3)",
                        Member3.name(site.number) + " sends " + ack + ", stores " + site.forced + ", " + site.ballot);
            }
        } else if (message instanceof Message.VoteAnswer answer && answer.granted()) {
            vote(site, answer.generation(), to.incarnation());
        } else if (message instanceof Message.VoteRequest request) {
            vote(site, request.generation(), site.ballot.incarnation());
        }
    }

    private void vote(SmallSite site, long generation, UUID candidate) {
        Map<Long, UUID> more = new HashMap<>(votes);
        UUID earlier = more.put(generation * Member3.SITES + site.number, candidate);
        votes = more;
        if ((earlier != null && !earlier.equals(candidate)) || site.ballot.votedGeneration() < generation) {
            throw new Violation(
                    "nobody votes twice in a generation, nor before the vote is on the disk (§13.8, §2.2)",
                    Member3.name(site.number) + " in generation " + generation + ", " + site.ballot);
        }
    }

    /** Invariant 6. */
    void ballotReplaced(SmallSite site, Ballot next) {
        if (next.highestGeneration() < site.ballot.highestGeneration()
                || next.votedGeneration() < site.ballot.votedGeneration()) {
            throw new Violation("generations and votes never go back (§13.6)", site.ballot + " becomes " + next);
        }
    }

    void panic(SmallSite site, String reason) {
        throw new Violation("no panic", Member3.name(site.number) + ": " + reason);
    }

    /** Whether an effect that is left out can't matter here; what could is a mistake of the search's own. */
    void isHarmless(Effect effect) {
        boolean matters = effect instanceof Effect.FetchCheckpoint
                || effect instanceof Effect.InstallCheckpoint
                || effect instanceof Effect.ServeRange
                || effect instanceof Effect.AppendControl
                || effect instanceof Effect.HoldTail
                || effect instanceof Effect.BeginLog;
        if (matters) {
            throw new IllegalStateException("the search does not know what to do with " + effect);
        }
    }
}
