package org.understudy.site.drive;

import java.util.function.LongSupplier;

/**
 * Notices when the wall clock and the monotonic one have moved differently: the machine was suspended, which the monotonic
 * clock does not see, or its time was set. A lease that was measured across that is worth nothing (protocol.md §4.5).
 */
final class ClockWatch {
    private static final long MILLION = 1_000_000;

    /** The clocks are compared over stretches of at least so long. */
    private static final long STRETCH_MICROS = 1_000_000;

    /** The wall clock is read to the millisecond, and not at the same moment as the other. */
    private static final long TOLERANCE_MICROS = 3_000;

    private final LongSupplier wallMicros;
    private final int driftPpm;
    private long monotonicBefore;
    private long wallBefore;

    /** A watch that begins now; clocks may drift apart by so many parts in a million. */
    ClockWatch(LongSupplier wallMicros, int driftPpm, long monotonicMicros) {
        this.wallMicros = wallMicros;
        this.driftPpm = driftPpm;
        this.monotonicBefore = monotonicMicros;
        this.wallBefore = wallMicros.getAsLong();
    }

    /** Whether they have moved apart since it was last looked. */
    boolean disagree(long monotonicMicros) {
        long wall = wallMicros.getAsLong();
        long elapsed = monotonicMicros - monotonicBefore;
        long apart = Math.abs(wall - wallBefore - elapsed);
        boolean tooFar =
                apart > TOLERANCE_MICROS + elapsed / MILLION * driftPpm + elapsed % MILLION * driftPpm / MILLION;
        if (tooFar || elapsed >= STRETCH_MICROS) {
            monotonicBefore = monotonicMicros;
            wallBefore = wall;
        }
        return tooFar;
    }
}
