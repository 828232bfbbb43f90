package org.understudy.site.drive;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.understudy.protocol.Input;

/** Tells the replica that a write or force takes too long, and when none does any more (protocol.md §4.3). On the loop. */
public final class DiskWatch {
    private static final long LOOK_AGAIN_MICROS = 100_000;

    private final LongSupplier oldestNanos;
    private final long limitMicros;
    private boolean told;

    /**
     * A watch over one disk.
     *
     * @param oldestNanos for how long the oldest write or force has been under way; 0 if none is
     * @param limitMicros what is too long
     */
    public DiskWatch(LongSupplier oldestNanos, long limitMicros) {
        this.oldestNanos = oldestNanos;
        this.limitMicros = limitMicros;
    }

    private long oldestMicros() {
        return oldestNanos.getAsLong() / 1000;
    }

    /** When {@link #tick} is due; {@link Long#MAX_VALUE} for never. */
    long nextDeadlineMicros(long nowMicros) {
        if (told) {
            return nowMicros + LOOK_AGAIN_MICROS;
        }
        long oldest = oldestMicros();
        return oldest == 0 ? Long.MAX_VALUE : nowMicros + Math.max(0, limitMicros - oldest);
    }

    /** Looks at the disk. */
    void tick(Consumer<Input> inputs) {
        long oldest = oldestMicros();
        boolean stalled = oldest >= limitMicros;
        if (stalled != told) {
            told = stalled;
            inputs.accept(new Input.DiskPending(stalled ? oldest : 0));
        }
    }
}
