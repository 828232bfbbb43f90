package org.understudy.event;

/**
 * This client has replaced its data by a whole copy of another site's.
 *
 * @param lsn the last record in the copy
 */
public record InitDone(EventOrigin origin, long lsn) implements ReplicationEvent {}
