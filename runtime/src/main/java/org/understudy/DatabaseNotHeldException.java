package org.understudy;

/** This site is a partial view that doesn't hold the database: read it on another site, or hold it on a view of its own. */
public final class DatabaseNotHeldException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public DatabaseNotHeldException(Place place, String database) {
        super(
                place,
                false,
                "This site is a partial view that doesn't hold database " + database
                        + ": read it on a full member, or empty this home and start the view with a filter that accepts"
                        + " the database");
    }
}
