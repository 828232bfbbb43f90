package org.understudy.event;

/** The group has removed this site, and that is permanent. It does not rejoin by itself. */
public record LocalSiteRemoved(EventOrigin origin) implements ReplicationEvent {}
