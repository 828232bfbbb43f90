package org.understudy.event;

/**
 * The connection to another site is gone. It is tried again every {@code connection-retry}.
 *
 * @param peer the other site
 * @param reason why, for people
 */
public record ConnectionBroken(EventOrigin origin, String peer, String reason) implements ReplicationEvent {}
