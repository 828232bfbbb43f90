package org.understudy.simulation;

import org.understudy.protocol.Input;

/** Asks for a site whether its log has room for commits: now and then, and whenever so many records were appended. */
final class LogRoomWatch {
    private static final long EVERY_MICROS = 1_000_000;
    private static final int SEGMENTS = 4; // of the room

    private final SiteProcess process;
    private final long room;
    private long askedAtLsn;

    LogRoomWatch(SiteProcess process) {
        this.process = process;
        this.room = process.settings().logRoomRecords();
    }

    /** Begins, where there is a limit. */
    void begin() {
        if (room < Long.MAX_VALUE) {
            process.after(EVERY_MICROS, () -> {
                ask();
                begin();
            });
        }
    }

    /** Records were appended on a master. */
    void appended(long lastLsn) {
        if (room < Long.MAX_VALUE && lastLsn - askedAtLsn >= room / SEGMENTS) {
            ask();
        }
    }

    private void ask() {
        askedAtLsn = process.disk().log().last().lsn();
        process.take(new Input.AskRoom(askedAtLsn - room / SEGMENTS * 3, askedAtLsn - room));
    }
}
