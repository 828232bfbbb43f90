package org.understudy.store;

import java.util.UUID;

/** A session of forwarded writes begins; some that were idle for too long end, in the same record (protocol.md §9). */
public final class SessionOpening extends Commit {
    /** So many sessions end at most with one that begins. */
    static final int MOST_ENDED = 64;

    private final UUID session;
    private final long nowMillis;
    private final long retentionMillis;

    /** Opens a session whose id was never used; those not used for the retention may end. */
    public SessionOpening(UUID session, long nowMillis, long retentionMillis) {
        this.session = session;
        this.nowMillis = nowMillis;
        this.retentionMillis = retentionMillis;
    }

    UUID session() {
        return session;
    }

    long nowMillis() {
        return nowMillis;
    }

    long endsBeforeMillis() {
        return nowMillis - retentionMillis;
    }
}
