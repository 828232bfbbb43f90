package org.understudy.simulation;

/**
 * A machine's clocks: the monotonic one that the protocol goes by, and the wall clock, of which it hears only that it moved
 * differently.
 */
final class MachineClock {
    private static final long RUNS = -1;

    private SiteClock monotonic;
    private long frozenAt = RUNS;
    private boolean inDoubt;

    MachineClock(SiteClock monotonic) {
        this.monotonic = monotonic;
    }

    /** What the monotonic clock shows at a true time. */
    long read(long trueMicros) {
        return monotonic.read(frozenAt == RUNS ? trueMicros : frozenAt);
    }

    /** The first true time at which it shows this or more, unless the machine sleeps before. */
    long whenShows(long localMicros) {
        return monotonic.whenShows(localMicros);
    }

    /** The monotonic one jumps forward, and the wall clock does not. */
    void jump(long micros) {
        monotonic = monotonic.ahead(micros);
        inDoubt = true;
    }

    /** The wall clock is set, forward or back. */
    void setWall() {
        inDoubt = true;
    }

    /** The machine falls asleep, and with it the monotonic clock: only the wall clock goes on. */
    void freeze(long trueMicros) {
        frozenAt = trueMicros;
        inDoubt = true;
    }

    /** It is awake again, or begins anew. */
    void thaw(long trueMicros) {
        if (frozenAt != RUNS) {
            monotonic = monotonic.ahead(monotonic.read(frozenAt) - monotonic.read(trueMicros));
            frozenAt = RUNS;
            inDoubt = true;
        }
    }

    /** Whether the clocks disagree, which the next turn of the site's process notices before all else. */
    boolean isInDoubt() {
        return inDoubt;
    }

    /** The same, and it has noticed. */
    boolean takeDoubt() {
        boolean was = inDoubt;
        inDoubt = false;
        return was;
    }
}
