package org.understudy.site.commit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.understudy.log.file.Log;
import org.understudy.site.thread.Worker;

/**
 * Forces the log now and then where commits don't ask for it, on a thread that nobody waits for: what is left when a
 * segment is full holds up the append that fills it.
 */
public final class EarlyForce {
    /** So much may be unforced before it is looked after. */
    private static final long UNFORCED_BYTES = 2 << 20;

    private final Log log;
    private final Worker keeper;
    private final Consumer<RuntimeException> onFailure;
    private final AtomicBoolean ordered = new AtomicBoolean();

    /** Forces this log on the {@code keeper} thread. */
    public EarlyForce(Log log, Worker keeper, Consumer<RuntimeException> onFailure) {
        this.log = log;
        this.keeper = keeper;
        this.onFailure = onFailure;
    }

    /** Something was appended. Any thread; never waits. */
    public void appended() {
        if (log.unforcedBytes() > UNFORCED_BYTES && ordered.compareAndSet(false, true)) {
            keeper.submit(this::force);
        }
    }

    private void force() {
        ordered.set(false);
        try {
            log.force();
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }
}
