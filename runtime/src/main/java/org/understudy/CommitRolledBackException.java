package org.understudy;

/** The commit that a read asks for is undone for good: no site will ever show it again. */
public final class CommitRolledBackException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final CommitToken token;

    public CommitRolledBackException(Place place, CommitToken token) {
        super(
                place,
                false,
                "Commit " + token + " was rolled back, because the master that made it lost its place before a majority"
                        + " stored it; do its work again, on what is there now");
        this.token = token;
    }

    /** The commit. */
    public CommitToken token() {
        return token;
    }
}
