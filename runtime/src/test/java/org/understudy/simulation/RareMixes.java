package org.understudy.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.understudy.Durability;

/** Mixes made for what the usual ones seldom come to: {@link MutantTest} searches these too. */
final class RareMixes {
    private static final long SECOND = 1_000_000;
    private static final int HASTE = 30;

    private RareMixes() {}

    /** Draws a mix in which two sites lose each other while a third is slowly coming in. */
    static Mix pairs(long seed) {
        Dice dice = new Dice(seed).fork("pairs");
        Map<FaultKind, Long> means = new EnumMap<>(FaultKind.class);
        for (FaultKind kind : List.of(FaultKind.SITE_ISOLATED, FaultKind.ADD_SITE, FaultKind.REMOVE_SITE)) {
            means.put(kind, dice.magnitude(SECOND / 2, 3 * SECOND));
        }
        return new Mix(
                seed,
                List.of(100, 100),
                0,
                Durability.SYNC,
                true,
                15 * SECOND,
                dice.magnitude(SECOND / 5, SECOND),
                false,
                new Network.Pace(dice.magnitude(10_000, 60_000), dice.magnitude(1, 20_000)),
                30,
                false,
                dice.magnitude(50, 50_000),
                0,
                means);
    }

    /** Draws a mix in which one site after the other loses what it had not forced, and is soon back. */
    static Mix unforced(long seed) {
        Dice dice = new Dice(seed).fork("unforced");
        Map<FaultKind, Long> means = new EnumMap<>(FaultKind.class);
        for (FaultKind kind : List.of(
                FaultKind.POWER_CUT, FaultKind.SITE_ISOLATED, FaultKind.MASTER_ISOLATED, FaultKind.MASTER_KILLED)) {
            means.put(kind, dice.magnitude(SECOND / 3, 3 * SECOND));
        }
        return haste(
                seed,
                List.of(100, 100, 100),
                Durability.WRITE_NO_SYNC,
                dice.magnitude(5_000, 100_000),
                new Network.Pace(dice.magnitude(50, 5_000), dice.magnitude(1, 5_000)),
                means);
    }

    /** Draws a mix in which a small group grows while its processes die. */
    static Mix growth(long seed) {
        Dice dice = new Dice(seed).fork("growth");
        Map<FaultKind, Long> means = new EnumMap<>(FaultKind.class);
        for (FaultKind kind : List.of(
                FaultKind.ADD_SITE,
                FaultKind.REMOVE_SITE,
                FaultKind.MASTER_ISOLATED,
                FaultKind.SITE_ISOLATED,
                FaultKind.MASTER_KILLED,
                FaultKind.CONNECTION_RESET)) {
            means.put(kind, dice.magnitude(SECOND / 3, 3 * SECOND));
        }
        return haste(
                seed,
                dice.chance(0.5) ? List.of(100) : List.of(100, 100),
                Durability.SYNC,
                dice.magnitude(50_000, SECOND),
                new Network.Pace(dice.magnitude(1_000, 40_000), dice.magnitude(1, 20_000)),
                means);
    }

    /** Draws a mix in which sites fall behind and are offered checkpoints of all kinds. */
    static Mix checkpoints(long seed) {
        Dice dice = new Dice(seed).fork("checkpoints");
        Map<FaultKind, Long> means = new EnumMap<>(FaultKind.class);
        means.put(FaultKind.STALE_CHECKPOINT, dice.magnitude(1, 4));
        for (FaultKind kind : List.of(
                FaultKind.TRIM, FaultKind.FLUSH, FaultKind.SITE_ISOLATED, FaultKind.KILL, FaultKind.BULK_RESET)) {
            means.put(kind, dice.magnitude(SECOND / 3, 3 * SECOND));
        }
        return haste(
                seed,
                List.of(100, 100, 100),
                Durability.SYNC,
                dice.magnitude(5_000, 50_000),
                new Network.Pace(dice.magnitude(50, 5_000), dice.magnitude(1, 5_000)),
                means);
    }

    /** Draws a mix in which clients die whose writes wait for sites that are away, and are back before those writes end. */
    static Mix restarts(long seed) {
        Dice dice = new Dice(seed).fork("restarts");
        return new Mix(
                seed,
                List.of(100, 100, 100, 100, 100),
                0,
                Durability.SYNC,
                true,
                10 * SECOND,
                dice.magnitude(3_000, 20_000),
                false,
                new Network.Pace(dice.magnitude(50, 2_000), dice.magnitude(1, 2_000)),
                100,
                false,
                dice.magnitude(50, 1_000),
                0,
                Map.of(FaultKind.KILL, dice.magnitude(SECOND / 4, SECOND)));
    }

    private static Mix haste(
            long seed,
            List<Integer> priorities,
            Durability durability,
            long commitMicros,
            Network.Pace pace,
            Map<FaultKind, Long> means) {
        return new Mix(
                seed,
                priorities,
                0,
                durability,
                true,
                20 * SECOND,
                commitMicros,
                false,
                pace,
                HASTE,
                false,
                1_000,
                0,
                means);
    }
}
