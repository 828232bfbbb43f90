package org.understudy.protocol;

import java.util.Arrays;
import java.util.List;
import org.understudy.AckPolicy;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;

/**
 * A master's count of copies: what is permanent, and how far each policy is met (protocol.md §3, §3.1). It runs for every
 * acknowledgement, so it makes one pass over arrays and no garbage unless something moved.
 */
final class Acknowledgements {
    private static final int POLICIES = AckPolicy.values().length;

    private final ReplicaContext context;
    private final Streams streams;
    private final long generation;
    private final long begunAtMicros;
    private final long[] satisfied = new long[POLICIES];
    private final long[] marks = new long[POLICIES];
    private final boolean[] unreachable = new boolean[POLICIES];
    private final boolean[] outOfReach = new boolean[POLICIES];

    /** The table the arrays below were made for. */
    private MemberTable countedTable = MemberTable.NONE;

    private boolean votesItself;
    private int majority;
    private Member[] others = {};
    private String[] names = {};
    private long[] acked = {};
    private long[] sorted = {};
    private long nextGraceEnd = Long.MAX_VALUE;

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
        if (countedTable != context.members) {
            prepare();
        }
        for (int i = 0; i < others.length; i++) {
            acked[i] = ackedLsn(others[i]);
        }
        raisePermanent(generationFirstLsn);
        measure();
        if (move()) {
            context.emit(new Effect.AcksAdvanced(new AckProgress(generation, satisfied, outOfReach, names, acked)));
        }
    }

    private void prepare() {
        countedTable = context.members;
        List<Member> voters = context.members.members().stream()
                .filter(member -> context.rules.counts(member) && !context.isMe(member))
                .toList();
        votesItself = context.isVoter();
        majority = context.members.majority();
        others = voters.toArray(Member[]::new);
        names = voters.stream().map(Member::name).toArray(String[]::new);
        acked = new long[others.length];
        sorted = new long[others.length + (votesItself ? 1 : 0)];
    }

    private void raisePermanent(long generationFirstLsn) {
        System.arraycopy(acked, 0, sorted, 0, acked.length);
        if (votesItself) {
            sorted[acked.length] = ownCopyLsn();
        }
        Arrays.sort(sorted);
        long byMajority = sorted[sorted.length - majority];
        if (context.rules.mayBecomePermanent(byMajority, generationFirstLsn)) {
            context.raisePermanent(byMajority);
        }
    }

    private long ownCopyLsn() {
        return context.rules.ownCopyLsn(context.storedLsn, context.last.lsn());
    }

    private long ackedLsn(Member member) {
        Stream stream = streams.find(member.name());
        return stream != null && context.rules.isSameSite(member, stream.peer) ? stream.ackedLsn : 0;
    }

    /** One pass over the other voters: the mark of each policy, and which can't be met by those connected. */
    private void measure() {
        long all = Long.MAX_VALUE;
        long available = Long.MAX_VALUE;
        long peers = Long.MAX_VALUE;
        long one = 0;
        long onePeer = 0;
        int connected = 0;
        int electable = 0;
        int connectedElectable = 0;
        nextGraceEnd = Long.MAX_VALUE;
        for (int i = 0; i < others.length; i++) {
            boolean isConnected = isConnected(others[i]);
            all = Math.min(all, acked[i]);
            one = Math.max(one, acked[i]);
            connected += isConnected ? 1 : 0;
            available = isConnected ? Math.min(available, acked[i]) : available;
            if (others[i].isElectable()) {
                electable++;
                connectedElectable += isConnected ? 1 : 0;
                peers = Math.min(peers, acked[i]);
                onePeer = Math.max(onePeer, acked[i]);
            }
        }
        set(AckPolicy.NONE, Long.MAX_VALUE, false);
        set(AckPolicy.QUORUM, context.permanentLsn, connected + (votesItself ? 1 : 0) <= sorted.length / 2);
        set(AckPolicy.ALL, all, connected < others.length);
        set(AckPolicy.ALL_PEERS, peers, connectedElectable < electable);
        set(AckPolicy.ALL_AVAILABLE, available, false);
        set(AckPolicy.ONE, one, connected == 0);
        set(AckPolicy.ONE_PEER, onePeer, connectedElectable == 0);
    }

    /** The local durability setting is part of every policy; a group of one satisfies them all. */
    private void set(AckPolicy policy, long mark, boolean isOutOfReach) {
        boolean alone = others.length == 0;
        marks[policy.ordinal()] = alone ? ownCopyLsn() : Math.min(ownCopyLsn(), mark);
        unreachable[policy.ordinal()] = !alone && isOutOfReach;
    }

    private boolean move() {
        boolean changed = false;
        for (int i = 0; i < POLICIES; i++) {
            if (marks[i] > satisfied[i]) {
                satisfied[i] = marks[i];
                changed = true;
            }
            if (unreachable[i] != outOfReach[i]) {
                outOfReach[i] = unreachable[i];
                changed = true;
            }
        }
        return changed;
    }

    /** Connected is: streaming, or lost less than the grace ago, or not yet back since this mastership began (§1). */
    private boolean isConnected(Member member) {
        Stream stream = streams.find(member.name());
        if (stream != null && stream.live) {
            return true;
        }
        long lostAt = stream == null ? begunAtMicros : stream.lostAtMicros;
        long graceEnd = lostAt + context.settings.times().connectionGraceMicros();
        if (context.now < graceEnd) {
            nextGraceEnd = Math.min(nextGraceEnd, graceEnd);
            return true;
        }
        return false;
    }

    /** When a lost site's grace ends and the count changes by itself. */
    long deadline() {
        return nextGraceEnd;
    }
}
