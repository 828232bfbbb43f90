package org.understudy;

/** The group has removed this site. It does not come back by itself: see {@link Environment#start()}. */
public final class LocalSiteRemovedException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public LocalSiteRemovedException(Place place, String message) {
        super(place, false, message);
    }
}
