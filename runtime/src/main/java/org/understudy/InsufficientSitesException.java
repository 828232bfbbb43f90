package org.understudy;

/**
 * Too few sites are connected for the commit's policy, or store what this master has written so far, so that its log is full:
 * known before anything was written.
 */
public final class InsufficientSitesException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    public InsufficientSitesException(Place place, String message) {
        super(place, true, message);
    }
}
