package org.understudy.protocol;

import java.util.List;

/**
 * How a site synchronises with its master (protocol.md §5).
 *
 * @param sendBufferBytes how much may be on its way to a streaming site before it must catch up instead
 * @param rangeBytes the size of one piece of a catch-up
 * @param delayed whether to wait for the application before synchronising with a new master
 * @param autoInit whether a checkpoint may take this site's data's place unasked
 * @param autoRollback whether records the master doesn't have are undone unasked
 * @param rollbackLimit how many records are undone unasked at most
 * @param peers the sites to synchronise from, best first; empty for whichever is least loaded
 * @param isSource whether others may fetch from this site what they lack: not from a partial view
 */
public record SyncSettings(
        long sendBufferBytes,
        int rangeBytes,
        boolean delayed,
        boolean autoInit,
        boolean autoRollback,
        long rollbackLimit,
        List<String> peers,
        boolean isSource) {

    /** Takes a copy. */
    public SyncSettings {
        peers = List.copyOf(peers);
    }

    /** The settings of a site that holds everything. */
    public SyncSettings(
            long sendBufferBytes,
            int rangeBytes,
            boolean delayed,
            boolean autoInit,
            boolean autoRollback,
            long rollbackLimit,
            List<String> peers) {
        this(sendBufferBytes, rangeBytes, delayed, autoInit, autoRollback, rollbackLimit, peers, true);
    }

    /** Everything unasked and without bounds, from whichever site is best. */
    public static SyncSettings of(long sendBufferBytes, int rangeBytes) {
        return new SyncSettings(sendBufferBytes, rangeBytes, false, true, true, Long.MAX_VALUE, List.of());
    }
}
