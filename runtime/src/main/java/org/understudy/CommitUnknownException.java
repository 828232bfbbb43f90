package org.understudy;

/**
 * The commit that a read asks for is not in this site's log, where something else stands in its place. It is undone here,
 * but that may not be the last word; or there never was such a commit.
 */
public final class CommitUnknownException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final CommitToken token;

    public CommitUnknownException(Place place, CommitToken token) {
        super(
                place,
                false,
                "Commit " + token + " is not known here: another record stands in its place; ask for its outcome once a"
                        + " majority is back");
        this.token = token;
    }

    /** The commit. */
    public CommitToken token() {
        return token;
    }
}
