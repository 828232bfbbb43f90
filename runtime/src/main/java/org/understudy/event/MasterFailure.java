package org.understudy.event;

/**
 * This client has lost its master: the connection broke, or nothing was heard for {@code heartbeat-monitor}.
 *
 * @param master the site that was master
 */
public record MasterFailure(EventOrigin origin, String master) implements ReplicationEvent {}
