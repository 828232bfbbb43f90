package org.understudy.event;

/**
 * This site cannot become or stay part of the group as it is, and trying again will not help.
 *
 * @param reason why, and what to do, for people
 */
public record JoinFailure(EventOrigin origin, String reason) implements ReplicationEvent {}
