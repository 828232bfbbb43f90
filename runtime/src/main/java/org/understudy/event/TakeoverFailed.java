package org.understudy.event;

/**
 * This process tried to take the home over from one that is gone, and could not. It does not try again by itself:
 * {@code start()} does.
 *
 * @param reason why, for people
 */
public record TakeoverFailed(EventOrigin origin, String reason) implements ReplicationEvent {}
