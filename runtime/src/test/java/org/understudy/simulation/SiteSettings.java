package org.understudy.simulation;

import org.understudy.log.MemberTable;
import org.understudy.protocol.ReplicaSettings;
import org.understudy.protocol.SyncSettings;

/**
 * What a simulated site is configured with.
 *
 * @param creator whether it may create the group at its first start
 * @param inlineWrites whether a client without forced writes writes on the event loop instead of the writer thread
 * @param diskMicros what a forced write takes
 * @param joinTimeoutMicros how long a start may take
 * @param replaces whether it takes its old self's place by itself when its disk was emptied
 * @param founding the table of a group whose sites all begin it alike, or none
 * @param logRoomRecords how many records that are not permanent a master's log has room for
 */
record SiteSettings(
        ReplicaSettings replica,
        boolean creator,
        boolean inlineWrites,
        long diskMicros,
        long ackTimeoutMicros,
        long joinTimeoutMicros,
        boolean replaces,
        MemberTable founding,
        long logRoomRecords) {

    /** The same for one that joins whatever group there is, and begins none. */
    SiteSettings joining() {
        return new SiteSettings(
                replica,
                false,
                inlineWrites,
                diskMicros,
                ackTimeoutMicros,
                joinTimeoutMicros,
                replaces,
                MemberTable.NONE,
                logRoomRecords);
    }

    /** The same for a site that is a view, and begins no group then, or is none. */
    SiteSettings withView(boolean view) {
        ReplicaSettings next = new ReplicaSettings(
                replica.environment(),
                replica.localSite(),
                replica.priority(),
                view,
                replica.elections(),
                replica.terms(),
                replica.times(),
                sync(view),
                replica.forwards());
        return new SiteSettings(
                next,
                creator,
                inlineWrites,
                diskMicros,
                ackTimeoutMicros,
                joinTimeoutMicros,
                replaces,
                view ? MemberTable.NONE : founding,
                logRoomRecords);
    }

    /** A voting site holds everything. */
    private SyncSettings sync(boolean view) {
        SyncSettings sync = replica.sync();
        return new SyncSettings(
                sync.sendBufferBytes(),
                sync.rangeBytes(),
                sync.delayed(),
                sync.autoInit(),
                sync.autoRollback(),
                sync.rollbackLimit(),
                sync.peers(),
                !view || sync.isSource());
    }
}
