package org.understudy;

/** The group has removed this site. It does not come back by itself: join with a fresh home, or reopen without a local site. */
public final class LocalSiteRemovedException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public LocalSiteRemovedException(Place place, String message) {
        super(place, false, message);
    }
}
