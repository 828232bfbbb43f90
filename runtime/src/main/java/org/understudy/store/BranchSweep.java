package org.understudy.store;

import java.util.List;
import org.understudy.ByteRange;

/** Looks which remembered outcomes may go, at a few whenever something is prepared: round and round through all of them. */
final class BranchSweep {
    /** How long an outcome is remembered at least. */
    static final long RETENTION_MILLIS = 60L * 60 * 1000;

    /** Each branch prepared adds one outcome at most, so looking at more than one bounds how many there are. */
    static final int STEP = 4;

    private byte[] next = new byte[0];

    /** The keys to look at now. */
    List<byte[]> step(Engine engine, Family family) {
        List<byte[]> some = BranchData.behind(engine, family, next, STEP);
        next = some.size() < STEP ? new byte[0] : ByteRange.successor(some.get(STEP - 1));
        return some;
    }
}
