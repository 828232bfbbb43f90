package org.understudy;

import java.util.List;
import org.understudy.event.SiteFallingBehind;

/**
 * A site's log, in a {@link Status}.
 *
 * @param startLsn the oldest record kept; one past the last if none is
 * @param lastLsn the newest record
 * @param bytes the size of its segments
 * @param segments the number of its segments
 * @param fallingBehind the sites for whom this log is kept, but soon no longer: see {@link SiteFallingBehind}
 */
public record LogStatus(long startLsn, long lastLsn, long bytes, int segments, List<String> fallingBehind) {

    /** Takes a copy. */
    public LogStatus {
        fallingBehind = List.copyOf(fallingBehind);
    }
}
