package org.understudy.store;

import org.understudy.Standing;
import org.understudy.log.ValueReader;

/** What a store keeps about itself that need not be exact after a crash: written along with a batch now and then. */
final class LazyMeta {
    private static final long PERMANENT_STEP = 4096;

    private volatile long permanentLsn;
    private volatile Standing logBelow = Standing.ZERO;
    private long writtenPermanentLsn;
    private Standing writtenLogBelow = Standing.ZERO;

    void load(Engine engine) {
        permanentLsn =
                Meta.read(engine::meta, Meta.PERMANENT, ValueReader::getLong).orElse(0L);
        logBelow = Meta.read(engine::meta, Meta.LOG_BELOW, ValueReader::getStanding)
                .orElse(Standing.ZERO);
        writtenPermanentLsn = permanentLsn;
        writtenLogBelow = logBelow;
    }

    long permanentLsn() {
        return permanentLsn;
    }

    void permanentLsn(long lsn) {
        permanentLsn = lsn;
    }

    Standing logBelow() {
        return logBelow;
    }

    void logBelow(Standing below) {
        logBelow = below;
    }

    /**
     * Adds what has changed; the permanent LSN only when it is far behind, or when all is wanted, and never more than what
     * is applied: after a crash the log might not reach it.
     */
    void addTo(RocksBatch batch, long appliedLsn, boolean all) {
        long lsn = Math.min(permanentLsn, appliedLsn);
        if (lsn - writtenPermanentLsn >= PERMANENT_STEP || all && lsn != writtenPermanentLsn) {
            batch.put(Meta.FAMILY, Meta.PERMANENT, Meta.encode(lsn));
            writtenPermanentLsn = lsn;
        }
        Standing below = logBelow;
        if (!below.equals(writtenLogBelow)) {
            batch.put(Meta.FAMILY, Meta.LOG_BELOW, Meta.encode(below));
            writtenLogBelow = below;
        }
    }
}
