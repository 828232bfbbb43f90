package org.understudy.event;

/**
 * Records of this site are not in the master's history, and it was told not to undo them unasked: Berkeley DB's {@code
 * DB_EVENT_REP_WOULD_ROLLBACK}. Nothing is changed, and the site follows no further until {@code allowRollback()}.
 *
 * @param fromLsn the first LSN that would be undone: the one before it is the last both sites hold
 * @param toLsn the last LSN that would be undone
 */
public record WouldRollback(EventOrigin origin, long fromLsn, long toLsn) implements ReplicationEvent {}
