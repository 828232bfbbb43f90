package org.understudy.event;

/**
 * An election that this site began ended without a master. It tries again by itself.
 *
 * @param reason why, for people
 */
public record ElectionFailed(EventOrigin origin, String reason) implements ReplicationEvent {}
