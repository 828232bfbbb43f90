package org.understudy.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.understudy.log.Member;

/**
 * A master's lease: until when, by its own clock, a majority has promised to vote for nobody else (protocol.md §4.5). Each
 * promise counts from the sending of the heartbeat that it answers, less the drift of the clocks.
 */
final class Lease {
    private static final long MILLION = 1_000_000;

    /** A hundredth less: what the comparison of the wall clock with the monotonic one does not see. */
    private static final long MARGIN = 100;

    private final ReplicaContext context;
    private final long generation;
    private final Map<UUID, Long> untilByVoter = new HashMap<>();

    /** Answers to heartbeats that were sent before are of no use. */
    private long countsFromMicros;

    private boolean held;

    Lease(ReplicaContext context, long generation) {
        this.context = context;
        this.generation = generation;
        this.countsFromMicros = context.now;
    }

    /** A voter answers a heartbeat with a promise. */
    void promised(Peer from, Message.HeartbeatAnswer answer) {
        boolean counts = answer.promisedMicros() > 0
                && answer.generation() == generation
                && answer.number() >= countsFromMicros
                && answer.number() <= context.now;
        if (counts) {
            long beginning = context.rules.leaseCountsFrom(answer.number(), context.now);
            untilByVoter.merge(from.incarnation(), beginning + usable(answer.promisedMicros()), Math::max);
            held = held || isValid();
        }
    }

    private long usable(long promisedMicros) {
        long drift = promisedMicros / MILLION * context.members.terms().clockDriftPpm()
                + promisedMicros % MILLION * context.members.terms().clockDriftPpm() / MILLION;
        return promisedMicros - drift - promisedMicros / MARGIN;
    }

    /** Until when a majority has promised, this master included, which votes for nobody while it is master. */
    long untilMicros() {
        if (context.members.terms().leaseMicros() == 0) {
            return PeerState.NEVER;
        }
        long[] until = context.members.voters().stream()
                .mapToLong(this::untilBy)
                .sorted()
                .toArray();
        return until.length == 0 ? PeerState.NEVER : until[until.length - context.members.majority()];
    }

    private long untilBy(Member voter) {
        return context.isMe(voter) ? Long.MAX_VALUE : untilByVoter.getOrDefault(voter.incarnation(), PeerState.NEVER);
    }

    boolean isValid() {
        return isValidAt(context.now);
    }

    boolean isValidAt(long micros) {
        return micros < untilMicros();
    }

    /** Whether there was one and it has run out. */
    boolean hasLapsed() {
        return held && !isValid();
    }

    /** When it runs out unless it is renewed; never while there is none. */
    long deadline() {
        return held ? untilMicros() : Long.MAX_VALUE;
    }

    /** The clocks of this machine can't be trusted about the past: begins anew with what is sent from now on. */
    void drop() {
        untilByVoter.clear();
        countsFromMicros = context.now + 1;
        held = false;
    }
}
