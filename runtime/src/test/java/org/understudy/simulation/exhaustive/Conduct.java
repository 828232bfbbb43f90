package org.understudy.simulation.exhaustive;

import java.util.function.Consumer;
import org.understudy.Standing;
import org.understudy.log.Ballot;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;
import org.understudy.simulation.Violation;

/** What a site may never do, whatever the others do: the part of protocol.md §13 that one site can break alone. */
final class Conduct {
    private Conduct() {}

    /** Invariant 3. */
    static void undone(SmallSite site, Standing kept) {
        if (kept.lsn() < site.permanentLsn) {
            throw new Violation(
                    "no permanent LSN is rolled back (§13.3)",
                    Member3.name(site.number) + " goes back to " + kept + ", below " + site.permanentLsn);
        }
    }

    /** Invariant 6, what acknowledgements mean (§3), and that a vote is on the disk before it leaves (§2.2). */
    static void sent(SmallSite site, Peer to, Message message, Consumer<Deed> deeds) {
        if (message instanceof Message.Ack ack) {
            if (ack.lsn() > site.forced || ack.generation() < site.ballot.highestGeneration()) {
                throw new Violation(
                        "an ack names what is stored, in the highest generation promised (§3)",
                        Member3.name(site.number) + " sends " + ack + ", stores " + site.forced + ", " + site.ballot);
            }
        } else if (message instanceof Message.VoteAnswer answer && answer.granted()) {
            vote(site, new Deed.Voted(answer.generation(), to.incarnation()), deeds);
        } else if (message instanceof Message.VoteRequest request) {
            vote(site, new Deed.Voted(request.generation(), site.ballot.incarnation()), deeds);
        }
    }

    private static void vote(SmallSite site, Deed.Voted vote, Consumer<Deed> deeds) {
        if (site.ballot.votedGeneration() < vote.generation()) {
            throw new Violation(
                    "no vote leaves before it is on the disk (§2.2)",
                    Member3.name(site.number) + " in generation " + vote.generation() + ", " + site.ballot);
        }
        deeds.accept(vote);
    }

    /** Invariant 6. */
    static void ballotReplaced(SmallSite site, Ballot next) {
        if (next.highestGeneration() < site.ballot.highestGeneration()
                || next.votedGeneration() < site.ballot.votedGeneration()) {
            throw new Violation("generations and votes never go back (§13.6)", site.ballot + " becomes " + next);
        }
    }

    /** Whether an effect that is left out can't matter here; what could is a mistake of the search's own. */
    static void isHarmless(SmallSite site, Effect effect) {
        if (effect instanceof Effect.Panic panic) {
            throw new Violation("no panic", Member3.name(site.number) + ": " + panic.reason());
        }
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
