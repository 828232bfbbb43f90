package org.understudy;

/**
 * A site's log, in a {@link Status}.
 *
 * @param startLsn the oldest record kept; one past the last if none is
 * @param lastLsn the newest record
 * @param bytes the size of its segments
 * @param segments the number of its segments
 */
public record LogStatus(long startLsn, long lastLsn, long bytes, int segments) {}
