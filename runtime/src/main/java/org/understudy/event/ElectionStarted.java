package org.understudy.event;

/** This site has begun to canvass the others for an election. */
public record ElectionStarted(EventOrigin origin) implements ReplicationEvent {}
