package org.understudy.event;

/**
 * How far this client is in taking over a whole copy. At most one a second.
 *
 * @param bytesDone received so far
 * @param bytesTotal of the whole copy
 * @param bytesPerSecond since the last such event
 */
public record SyncProgress(EventOrigin origin, long bytesDone, long bytesTotal, long bytesPerSecond)
        implements ReplicationEvent {}
