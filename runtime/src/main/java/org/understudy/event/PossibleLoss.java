package org.understudy.event;

/**
 * A master was elected although too few sites could vouch for its history, or mastership was forced where a majority is lost:
 * acknowledged commits may be missing (protocol.md §2.3, §4.7).
 *
 * @param reason who could not vouch, for people
 */
public record PossibleLoss(EventOrigin origin, String reason) implements ReplicationEvent {}
