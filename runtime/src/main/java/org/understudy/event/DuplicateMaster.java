package org.understudy.event;

/**
 * This site was master and has found another one, of a higher generation. It becomes a client.
 *
 * @param otherSite the other master
 * @param generation the other master's generation
 */
public record DuplicateMaster(EventOrigin origin, String otherSite, long generation) implements ReplicationEvent {}
