package org.understudy.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.understudy.Durability;
import org.understudy.log.GroupTerms;
import org.understudy.log.MemberTable;
import org.understudy.protocol.ReplicaSettings;
import org.understudy.protocol.ReplicaTimes;
import org.understudy.protocol.SyncSettings;

/**
 * What one run is made of, drawn from its seed: each seed has a world, faults and rates of its own (a swarm), because a
 * fixed mix finds little.
 *
 * @param priorities one for each voting site; the first creates the group
 * @param formsFirst whether the group may form before anything goes wrong
 * @param chaosMicros how long things go wrong
 * @param commitMicros the mean time between two commits
 * @param writesToOldMasters whether commits prefer a master that has been deposed and does not know it yet
 * @param timeScale what the protocol's times are multiplied with, in percent
 * @param meanMicros the mean time between two faults of a kind, or in how many frames it happens to one; kinds that are
 *     missing do not happen
 */
record Mix(
        long seed,
        List<Integer> priorities,
        int views,
        Durability durability,
        boolean formsFirst,
        long chaosMicros,
        long commitMicros,
        boolean writesToOldMasters,
        Network.Pace pace,
        int timeScale,
        boolean inlineWrites,
        long diskMicros,
        long driftPpm,
        Map<FaultKind, Long> meanMicros) {
    private static final long SECOND = 1_000_000;
    private static final double RIVALRIES = 0.12;
    private static final double PREFERS = 0.4;
    private static final double LEASES = 0.6;
    private static final double ASKS_FIRST = 0.15;
    private static final double SMALL_ROOM = 0.2;
    private static final double FULL_VIEW = 0.5;
    private static final double HAS_A_PEER = 0.3;
    private static final long LEAST_SEND_BUFFER_BYTES = 2 << 10;
    private static final long MOST_SEND_BUFFER_BYTES = 64 << 10;
    private static final int LEAST_RANGE_BYTES = 2 << 10;
    private static final int RECORD_BYTES = 128;
    private static final List<FaultKind> RIVALRY =
            List.of(FaultKind.MASTER_AND_ONE_ISOLATED, FaultKind.HALVES, FaultKind.HANDOVER, FaultKind.ELECTION);
    private static final int[] VOTERS = {1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 5, 5, 5, 5, 6, 7};
    private static final int[] VIEWS = {0, 0, 0, 0, 0, 0, 0, 1, 1, 2};
    private static final double LOOSE = 0.4;
    private static final long HEARTBEAT_SEND = 500_000;
    private static final long HEARTBEAT_MONITOR = 2_000_000;
    private static final long ELECTION_TIMEOUT = 2_000_000;
    private static final long FULL_ELECTION_TIMEOUT = 7_000_000;
    private static final double POWER_FAILS = 0.6;
    private static final double LEGACY = 0.12;
    private static final double COLD = 0.15;
    private static final double APPOINTED = 0.05;
    private static final double FORWARDS = 0.4;
    private static final long CONNECTION_GRACE = 500_000;
    private static final long QUORUM_LOSS_TIMEOUT = 4_000_000;
    private static final long DISK_STALL_TIMEOUT = 3 * SECOND;
    private static final long TAKEOVER_GRACE = 3 * SECOND;
    private static final long MAX_RECORD_BYTES = 1 << 20;

    /** Draws a run's mix. */
    static Mix of(long seed) {
        Dice dice = new Dice(seed).fork("mix");
        return dice.chance(RIVALRIES) ? rivalry(seed, dice) : anything(seed, dice);
    }

    /** Draws a mix in which masters contend, whatever the seed would have drawn. */
    static Mix ofRivals(long seed) {
        return rivalry(seed, new Dice(seed).fork("rivals"));
    }

    private static Mix anything(long seed, Dice dice) {
        int voters = VOTERS[dice.below(VOTERS.length)];
        Durability durability = dice.chance(0.65) ? Durability.SYNC : Durability.WRITE_NO_SYNC;
        return new Mix(
                seed,
                priorities(dice, voters),
                VIEWS[dice.below(VIEWS.length)],
                durability,
                dice.chance(0.75),
                dice.magnitude(10 * SECOND, 90 * SECOND),
                dice.magnitude(5_000, SECOND),
                false,
                new Network.Pace(dice.magnitude(50, 20_000), dice.magnitude(1, 20_000)),
                dice.chance(0.7) ? 100 : (int) dice.between(30, 300),
                dice.chance(0.5),
                dice.magnitude(50, 20_000),
                dice.chance(0.5) ? 0 : dice.between(0, 10_000),
                faults(dice, durability, new Dice(seed).fork("unforced").chance(POWER_FAILS)));
    }

    /** Masters that are cut off with a follower or two and write on, while others are elected, again and again. */
    private static Mix rivalry(long seed, Dice dice) {
        Map<FaultKind, Long> means = new EnumMap<>(FaultKind.class);
        means.put(FaultKind.REPLAYED_FRAME, dice.magnitude(6, 60));
        means.put(FaultKind.HOARDED_ACK, 1L);
        for (FaultKind kind : RIVALRY) {
            means.put(kind, dice.magnitude(SECOND / 3, 6 * SECOND));
        }
        Network.Pace pace = new Network.Pace(dice.magnitude(50, 5_000), dice.magnitude(1, 5_000));
        if (hasLeases(seed)) {
            // A promise that is long on its way, to a master that sleeps meanwhile.
            Dice own = new Dice(seed).fork("promises");
            means.put(FaultKind.MASTER_PAUSED, own.magnitude(SECOND, 8 * SECOND));
            means.put(FaultKind.STALL, own.magnitude(SECOND, 8 * SECOND));
            pace = new Network.Pace(own.magnitude(2_000, 40_000), own.magnitude(1, 20_000));
        }
        return new Mix(
                seed,
                List.of(100, 100, 100, 100, 100),
                0,
                Durability.SYNC,
                true,
                90 * SECOND,
                dice.magnitude(10_000, 100_000),
                dice.chance(0.9),
                pace,
                30,
                false,
                dice.magnitude(50, 5_000),
                0,
                means);
    }

    private static List<Integer> priorities(Dice dice, int voters) {
        List<Integer> priorities = new ArrayList<>();
        double unelectable = dice.chance(0.3) ? 0.4 : 0;
        for (int i = 0; i < voters; i++) {
            boolean zero = i > 0 && dice.chance(unelectable);
            priorities.add(zero ? 0 : (int) dice.between(1, 3) * 50);
        }
        return priorities;
    }

    private static Map<FaultKind, Long> faults(Dice dice, Durability durability, boolean powerFails) {
        Map<FaultKind, Long> means = new EnumMap<>(FaultKind.class);
        double share = dice.between(10, 80) / 100.0;
        for (FaultKind kind : FaultKind.values()) {
            double rate = dice.magnitude(20, 300) / 100.0;
            if (dice.chance(share)) {
                means.put(kind, kind.meanMicros() == 0 ? dice.magnitude(3, 300) : (long) (kind.meanMicros() * rate));
            }
        }
        if (durability == Durability.WRITE_NO_SYNC && !powerFails) {
            means.remove(FaultKind.POWER_CUT);
            means.remove(FaultKind.DISK_FAILURE);
        }
        return means;
    }

    /** The same without one kind of fault. */
    Mix without(FaultKind kind) {
        Map<FaultKind, Long> fewer = new EnumMap<>(meanMicros);
        fewer.remove(kind);
        return withFaults(fewer);
    }

    private Mix withFaults(Map<FaultKind, Long> faults) {
        return new Mix(
                seed,
                priorities,
                views,
                durability,
                formsFirst,
                chaosMicros,
                commitMicros,
                writesToOldMasters,
                pace,
                timeScale,
                inlineWrites,
                diskMicros,
                driftPpm,
                faults);
    }

    /** The same with less time for things to go wrong. */
    Mix withChaos(long micros) {
        return new Mix(
                seed,
                priorities,
                views,
                durability,
                formsFirst,
                micros,
                commitMicros,
                writesToOldMasters,
                pace,
                timeScale,
                inlineWrites,
                diskMicros,
                driftPpm,
                meanMicros);
    }

    /** The options that run this mix again. */
    String replay() {
        Mix drawn = of(seed);
        List<FaultKind> left =
                drawn.meanMicros.keySet().stream().filter(kind -> !has(kind)).toList();
        return "-Dsimulation.seed=" + seed
                + (chaosMicros == drawn.chaosMicros ? "" : " -Dsimulation.chaos=" + chaosMicros)
                + (left.isEmpty()
                        ? ""
                        : " -Dsimulation.without="
                                + String.join(",", left.stream().map(Enum::name).toList()));
    }

    boolean has(FaultKind kind) {
        return meanMicros.containsKey(kind);
    }

    /** How many sites there are at the beginning. */
    int sites() {
        return priorities.size() + views;
    }

    /** The name of a site, numbered from 0. */
    static String name(int number) {
        return "n" + (number + 1) + ":1";
    }

    /** What a site is configured with. */
    SiteSettings site(int number) {
        boolean view = number >= priorities.size();
        return site(number, view ? 0 : priorities.get(number), view);
    }

    /** What a site is configured with that comes later. */
    SiteSettings newcomer(int number, boolean view) {
        return site(number, view ? 0 : 100, view);
    }

    private SiteSettings site(int number, int priority, boolean view) {
        ReplicaSettings replica = new ReplicaSettings(
                "simulated",
                name(number),
                priority,
                view,
                !isAppointed(),
                GroupTerms.of(durability, MAX_RECORD_BYTES)
                        .withTwoSiteStrict(!isLoose(seed))
                        .withPreferredMaster(preferredMaster())
                        .withLeases(leaseMicros(), (int) (2 * driftPpm + driftPpm / 20)),
                new ReplicaTimes(
                        scaled(HEARTBEAT_SEND),
                        scaled(HEARTBEAT_MONITOR),
                        scaled(ELECTION_TIMEOUT),
                        new Dice(seed).fork("cold").chance(COLD) ? scaled(FULL_ELECTION_TIMEOUT) : 0,
                        scaled(ELECTION_TIMEOUT),
                        scaled(CONNECTION_GRACE),
                        scaled(QUORUM_LOSS_TIMEOUT),
                        scaled(DISK_STALL_TIMEOUT),
                        scaled(TAKEOVER_GRACE)),
                sync(number, view),
                forwards());
        return new SiteSettings(
                replica,
                number == 0 && !isBegunByAll(),
                inlineWrites,
                diskMicros,
                scaled(SECOND),
                10 * SECOND,
                new Dice(seed).fork("replaces").chance(0.5),
                number < priorities.size() && isBegunByAll() ? founding() : MemberTable.NONE,
                logRoomRecords());
    }

    /** Whether the application says who is master. */
    private boolean isAppointed() {
        return new Dice(seed).fork("appointments").chance(APPOINTED);
    }

    /** Whether writes are forwarded. */
    boolean forwards() {
        return new Dice(seed).fork("forwards").chance(FORWARDS);
    }

    /** Whether all voting sites begin the group alike. */
    private boolean isBegunByAll() {
        return new Dice(seed).fork("legacy").chance(LEGACY) && !isAppointed() && priorities.size() > 1;
    }

    private MemberTable founding() {
        List<String> names =
                IntStream.range(0, priorities.size()).mapToObj(Mix::name).toList();
        return MemberTable.founding("group", names);
    }

    /** Several times what is committed during a round trip: with less nobody ever catches up (seeds 634548, 653063). */
    private int rangeBytes() {
        long roundTripMicros = 2 * (pace.latencyMicros() + pace.jitterMicros() + diskMicros);
        return (int) Math.max(LEAST_RANGE_BYTES, 8 * RECORD_BYTES * roundTripMicros / commitMicros);
    }

    /** Some sites wait for their application before they synchronise or undo anything. */
    private SyncSettings sync(int number, boolean view) {
        Dice dice = new Dice(seed).fork("sync" + number);
        boolean asks = dice.chance(ASKS_FIRST);
        return new SyncSettings(
                dice.magnitude(LEAST_SEND_BUFFER_BYTES, MOST_SEND_BUFFER_BYTES),
                rangeBytes(),
                asks && dice.chance(0.5),
                true,
                !asks || dice.chance(0.5),
                asks ? dice.below(5) : Long.MAX_VALUE,
                peers(number, dice),
                !view || dice.chance(FULL_VIEW));
    }

    private List<String> peers(int number, Dice dice) {
        int peer = dice.below(sites());
        return dice.chance(HAS_A_PEER) && peer != number ? List.of(name(peer)) : List.of();
    }

    /** In some groups, masters that nobody follows soon have no room left. */
    private long logRoomRecords() {
        Dice dice = new Dice(seed).fork("log room");
        return dice.chance(SMALL_ROOM) ? dice.magnitude(16, 400) : Long.MAX_VALUE;
    }

    private static boolean hasLeases(long seed) {
        return !isLoose(seed) && new Dice(seed).fork("leases").chance(LEASES);
    }

    private static boolean isLoose(long seed) {
        return new Dice(seed).fork("pair").chance(LOOSE);
    }

    /** Some of those that are not strict prefer a master; empty for none. */
    private String preferredMaster() {
        Dice dice = new Dice(seed).fork("preference");
        return isLoose(seed) && dice.chance(PREFERS) ? name(dice.below(priorities.size())) : "";
    }

    /** Some groups have leases; 0 for none. */
    private long leaseMicros() {
        Dice dice = new Dice(seed).fork("lease length");
        return hasLeases(seed) ? scaled(dice.between(2 * HEARTBEAT_SEND, 8 * HEARTBEAT_SEND)) : 0;
    }

    private long scaled(long micros) {
        return micros * timeScale / 100;
    }
}
