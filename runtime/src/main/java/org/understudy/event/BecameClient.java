package org.understudy.event;

/** This site is now a client: it was nothing, or it was master. */
public record BecameClient(EventOrigin origin) implements ReplicationEvent {}
