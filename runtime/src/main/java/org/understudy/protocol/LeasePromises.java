package org.understudy.protocol;

import java.util.UUID;
import org.understudy.log.Ballot;

/** What this site has promised to a master: to vote for nobody else for a while (protocol.md §4.5). */
final class LeasePromises {
    private final ReplicaContext context;
    private long untilMicros = PeerState.NEVER;
    private long generation;
    private UUID holder = Ballot.NO_ID;

    /** The newest mastership of which its own master has said that it is over, and its lease with it. */
    private long releasedGeneration;

    LeasePromises(ReplicaContext context) {
        this.context = context;
    }

    /** What this process promised in an earlier life it does not know, but no promise was longer than the longest. */
    void restarted() {
        untilMicros = context.now + context.ballot.longestLeaseMicros();
    }

    /** This site's last life ended as master of the highest generation it knows: it was bound by no promise then. */
    void wasMaster() {
        untilMicros = PeerState.NEVER;
    }

    /** How much of a promise is over can't be said: it begins anew, and none was longer than the longest. */
    void clocksDisagree() {
        if (untilMicros != PeerState.NEVER) {
            untilMicros = Math.max(untilMicros, context.now + context.ballot.longestLeaseMicros());
        }
    }

    /** Promises to the master of a generation, from now on; tells how long, 0 where the group has no leases. */
    long promise(Peer master, long masterGeneration) {
        long lease = context.members.terms().leaseMicros();
        if (lease == 0 || context.settings.view()) {
            return 0;
        }
        context.saveBallot(context.ballot.promised(lease));
        untilMicros = Math.max(untilMicros, context.now + lease);
        generation = masterGeneration;
        holder = master.incarnation();
        return lease;
    }

    /** The master of a generation has given up its role and its lease for this site to stand. */
    void released(long gone) {
        releasedGeneration = Math.max(releasedGeneration, gone);
    }

    /** The release this site can show to others; 0 for none. */
    long releasedGeneration() {
        return releasedGeneration;
    }

    /** How much longer this site may not vote for a candidate that shows a release; 0 when it may. */
    long remainingMicros(UUID candidate, long release) {
        boolean waived = holder.equals(candidate) || (generation > 0 && release == generation);
        return waived || context.rules.breaksPromises() ? 0 : Math.max(0, untilMicros - context.now);
    }

    /** Until when the last promise binds; {@link PeerState#NEVER} if there was none. */
    long untilMicros() {
        return untilMicros;
    }

    /** How much longer this site may not stand itself. */
    long remainingMicros() {
        return remainingMicros(context.ballot.incarnation(), releasedGeneration);
    }
}
