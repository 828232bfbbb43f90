package org.understudy.event;

/**
 * This site is now master and accepts writes. Once per generation, after {@link Elected}.
 *
 * @param generation the fencing token of this mastership
 */
public record BecameMaster(EventOrigin origin, long generation) implements ReplicationEvent {}
