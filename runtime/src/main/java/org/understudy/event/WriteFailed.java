package org.understudy.event;

/**
 * A write or a force of the disk failed. The environment takes no more work until it is reopened.
 *
 * @param reason why, for people
 */
public record WriteFailed(EventOrigin origin, String reason) implements ReplicationEvent {}
