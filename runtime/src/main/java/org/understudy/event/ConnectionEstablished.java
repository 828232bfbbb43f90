package org.understudy.event;

/**
 * A connection to another site is up.
 *
 * @param peer the other site
 */
public record ConnectionEstablished(EventOrigin origin, String peer) implements ReplicationEvent {}
