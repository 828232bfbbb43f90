package org.understudy.simulation;

import org.understudy.event.PossibleLoss;
import org.understudy.event.ReplicationEvent;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordKind;

/**
 * Notices when the protocol itself says that acknowledged commits may be lost: a last resort (protocol.md §2.3), or
 * mastership that was forced (§4.7). What the site that says so does not have is promised no longer.
 */
final class AdmittedLoss implements Observer {
    private final World world;

    AdmittedLoss(World world) {
        this.world = world;
    }

    @Override
    public void fired(SimulatedSite site, ReplicationEvent event) {
        if (event instanceof PossibleLoss) {
            world.admitLoss(site);
        }
    }

    /** The event comes behind a forced mastership's first record, and with that the others begin to follow. */
    @Override
    public void written(SimulatedSite site, LogRecord record) {
        if (record.kind() == RecordKind.GENERATION && TablesOverlap.isForced(record.generation())) {
            world.admitLoss(site);
        }
    }
}
