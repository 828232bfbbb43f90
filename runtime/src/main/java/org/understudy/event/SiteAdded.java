package org.understudy.event;

/**
 * Another site has become a member of the group.
 *
 * @param added the new member
 */
public record SiteAdded(EventOrigin origin, String added) implements ReplicationEvent {}
