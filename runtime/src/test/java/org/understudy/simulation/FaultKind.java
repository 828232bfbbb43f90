package org.understudy.simulation;

/** All that can happen to a world besides its work, with how often it happens in a run that has it (simulation.md). */
enum FaultKind {
    SLOW_LINK(4),
    CUT_ONE_WAY(6),
    CUT_BOTH_WAYS(6),
    STALL(5),
    CONNECTION_RESET(4),
    BULK_RESET(4),
    REPLAYED_FRAME(0),
    HOARDED_ACK(0),
    DUPLICATED_FRAME(0),
    REORDERED_FRAME(0),
    HALVES(15),
    MASTER_ISOLATED(10),
    MASTER_AND_ONE_ISOLATED(10),
    MASTER_MUTE(12),
    MASTER_DEAF(12),
    SITE_ISOLATED(12),
    RING(20),
    KILL(8),
    POWER_CUT(10),
    KILL_AFTER_MESSAGE(5),
    KILL_BETWEEN_EFFECTS(6),
    MASTER_KILLED(10),
    SEVERAL_KILLED(20),
    ALL_KILLED(40),
    PAUSE(8),
    MASTER_PAUSED(12),
    DISK_STALL(10),
    DISK_FAILURE(25),
    WIPE(40),
    TRIM(3),
    FLUSH(3),
    ADD_SITE(20),
    REMOVE_SITE(20),
    PRIORITY(15),
    DEMOTION(30),
    RESTART_AS_VIEW(60),
    HANDOVER(12),
    ELECTION(12),
    GRACEFUL_STOP(15),
    STALE_CHECKPOINT(0),
    /** A piece of a checkpoint is missing, short, or not what it was when it was made. */
    DAMAGED_CHECKPOINT(0),
    FULL_DISK(25),
    READ_ERROR(40),
    FLIPPED_BIT(40),
    RESTORED_COPY(40),
    CLOCK_JUMP(15),
    TWO_OPERATORS(25),
    /** Another process of the site takes over from one that closes. */
    TAKEOVER(10),
    /** Another process of the site takes over from one that crashed. */
    TAKEOVER_AFTER_CRASH(10),
    /** So many disks are lost that no majority is left: only an operator helps. */
    MAJORITY_LOST(90),
    /** What the operator does then; it happens by itself. */
    FORCED_MASTERSHIP(0),
    /** A machine is suspended: its monotonic clock stands still, and the wall clock goes on. */
    SUSPENDED(15),
    /** The wall clock is set, forward or back. */
    WALL_CLOCK_SET(15);

    private final int meanSeconds;

    FaultKind(int meanSeconds) {
        this.meanSeconds = meanSeconds;
    }

    /** The usual time between two of these in a whole world; 0 for what happens by itself when something else does. */
    long meanMicros() {
        return meanSeconds * 1_000_000L;
    }
}
