package org.understudy.event;

/**
 * Another site is no longer a member of the group, and that is permanent.
 *
 * @param removed the former member
 */
public record SiteRemoved(EventOrigin origin, String removed) implements ReplicationEvent {}
