package org.understudy.event;

/**
 * An attempt to connect to another site failed. It is tried again every {@code connection-retry}.
 *
 * @param peer the other site
 * @param reason why, for people
 */
public record ConnectionTryFailed(EventOrigin origin, String peer, String reason) implements ReplicationEvent {}
