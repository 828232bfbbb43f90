package org.understudy.protocol;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.understudy.AckPolicy;
import org.understudy.log.Member;

/** A master's count of copies: what is permanent, and how far each policy is met (protocol.md §3, §3.1). */
final class Acknowledgements {
    private static final int POLICIES = AckPolicy.values().length;

    private final ReplicaContext context;
    private final Streams streams;
    private final long generation;
    private final long begunAtMicros;
    private final long[] satisfied = new long[POLICIES];
    private boolean[] outOfReach = new boolean[POLICIES];

    Acknowledgements(ReplicaContext context, Streams streams, long generation) {
        this.context = context;
        this.streams = streams;
        this.generation = generation;
        this.begunAtMicros = context.now;
    }

    /** Counts anew and tells what changed. */
    void count(long generationFirstLsn) {
        if (generationFirstLsn == 0) {
            return;
        }
        raisePermanent(generationFirstLsn);
        List<Member> others = context.otherVoters();
        boolean changed = false;
        boolean[] unreachable = new boolean[POLICIES];
        for (AckPolicy policy : AckPolicy.values()) {
            long mark = others.isEmpty() ? context.storedLsn : Math.min(context.storedLsn, mark(policy, others));
            if (mark > satisfied[policy.ordinal()]) {
                satisfied[policy.ordinal()] = mark;
                changed = true;
            }
            unreachable[policy.ordinal()] = !others.isEmpty() && isOutOfReach(policy, others);
        }
        if (changed || !Arrays.equals(unreachable, outOfReach)) {
            outOfReach = unreachable;
            context.emit(new Effect.AcksAdvanced(new AckProgress(generation, satisfied, outOfReach, acked(others))));
        }
    }

    private void raisePermanent(long generationFirstLsn) {
        List<Member> voters = context.members.voters();
        long[] stored = new long[voters.size()];
        for (int i = 0; i < stored.length; i++) {
            Member voter = voters.get(i);
            stored[i] = context.isMe(voter) ? context.storedLsn : ackedLsn(voter);
        }
        Arrays.sort(stored);
        long byMajority = stored[stored.length - context.members.majority()];
        if (context.rules.mayBecomePermanent(byMajority, generationFirstLsn)) {
            context.raisePermanent(byMajority);
        }
    }

    private long ackedLsn(Member member) {
        return streams.of(member.name())
                .filter(stream -> stream.peer.incarnation().equals(member.incarnation()))
                .map(stream -> stream.ackedLsn)
                .orElse(0L);
    }

    private long mark(AckPolicy policy, List<Member> others) {
        return switch (policy) {
            case NONE -> Long.MAX_VALUE;
            case QUORUM -> context.permanentLsn;
            case ALL -> least(others, member -> true);
            case ALL_PEERS -> least(others, Member::isElectable);
            case ALL_AVAILABLE -> least(others, this::isConnected);
            case ONE -> most(others, member -> true);
            case ONE_PEER -> most(others, Member::isElectable);
        };
    }

    private long least(List<Member> others, Predicate<Member> counts) {
        return others.stream().filter(counts).mapToLong(this::ackedLsn).min().orElse(Long.MAX_VALUE);
    }

    private long most(List<Member> others, Predicate<Member> counts) {
        return others.stream().filter(counts).mapToLong(this::ackedLsn).max().orElse(0);
    }

    private boolean isOutOfReach(AckPolicy policy, List<Member> others) {
        return switch (policy) {
            case NONE, ALL_AVAILABLE -> false;
            case QUORUM -> 1 + others.stream().filter(this::isConnected).count() < context.members.majority();
            case ALL -> !others.stream().allMatch(this::isConnected);
            case ALL_PEERS -> !others.stream().filter(Member::isElectable).allMatch(this::isConnected);
            case ONE -> others.stream().noneMatch(this::isConnected);
            case ONE_PEER -> others.stream().filter(Member::isElectable).noneMatch(this::isConnected);
        };
    }

    /** Connected is: streaming, or lost less than the grace ago, or not yet back since this mastership began (§1). */
    boolean isConnected(Member member) {
        return streams.isLive(member.name()) || context.now < graceEnd(member);
    }

    private long graceEnd(Member member) {
        long lostAt =
                streams.of(member.name()).map(stream -> stream.lostAtMicros).orElse(begunAtMicros);
        return lostAt + context.settings.connectionGraceMicros();
    }

    /** When a lost site's grace ends and the count changes by itself. */
    long deadline() {
        return context.otherVoters().stream()
                .filter(member -> !streams.isLive(member.name()))
                .mapToLong(this::graceEnd)
                .filter(end -> end > context.now)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private Map<String, Long> acked(List<Member> others) {
        Map<String, Long> acked = new HashMap<>();
        others.forEach(member -> acked.put(member.name(), ackedLsn(member)));
        return acked;
    }
}
