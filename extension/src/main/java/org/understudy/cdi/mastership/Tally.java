package org.understudy.cdi.mastership;

import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of an environment's calls and ticks. Thread-safe. */
final class Tally {

    private final LongAdder callsCutOff = new LongAdder();
    private final LongAdder ticksRun = new LongAdder();
    private final LongAdder ticksMissed = new LongAdder();

    void callCutOff() {
        callsCutOff.increment();
    }

    void tickRun() {
        ticksRun.increment();
    }

    void ticksMissed() {
        ticksMissed.increment();
    }

    MasterOnlyCounts counts() {
        return new MasterOnlyCounts(callsCutOff.sum(), ticksRun.sum(), ticksMissed.sum());
    }
}
