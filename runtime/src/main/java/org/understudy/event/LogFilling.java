package org.understudy.event;

/**
 * This master has written much that no majority stores, and none of which may leave its log: so no commit is taken any more
 * once the log has what {@code log-retention-max} allows, until the sites that are missing are back or removed.
 *
 * @param permanentLsn up to where a majority stores all
 * @param stage how far it is
 */
public record LogFilling(EventOrigin origin, long permanentLsn, Stage stage) implements ReplicationEvent {

    /** How much of the room for what is not permanent is used. */
    public enum Stage {
        /** Three quarters. */
        NEARLY_FULL,
        /** All: commits are refused with {@link org.understudy.InsufficientSitesException}. */
        FULL,
        /** Less than three quarters again: commits are taken. */
        RELIEVED
    }
}
