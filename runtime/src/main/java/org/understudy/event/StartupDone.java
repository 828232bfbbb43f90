package org.understudy.event;

/**
 * This client has caught up with its master, and records now arrive as they are written. Once per generation.
 *
 * @param generation the generation of that mastership
 */
public record StartupDone(EventOrigin origin, long generation) implements ReplicationEvent {}
