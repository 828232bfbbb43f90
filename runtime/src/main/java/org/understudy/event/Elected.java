package org.understudy.event;

/**
 * This site has won an election, and its first record is written. {@link BecameMaster} follows.
 *
 * @param generation the generation of that mastership
 */
public record Elected(EventOrigin origin, long generation) implements ReplicationEvent {}
