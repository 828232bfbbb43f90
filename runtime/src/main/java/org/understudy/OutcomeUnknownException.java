package org.understudy;

/** Mastership went while the commit waited: whether it lasts is for the next master's history to say. */
public final class OutcomeUnknownException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final CommitToken token;

    public OutcomeUnknownException(Place place, CommitToken token, String why) {
        super(
                place,
                false,
                "Whether commit " + token + " lasts is not known: " + why
                        + "; read at the next master what it wrote before repeating it");
        this.token = token;
    }

    /** The commit. */
    public CommitToken token() {
        return token;
    }
}
