package org.understudy;

/**
 * Mastership went while the commit waited, or the process that was committing: whether it lasts is for the next master's
 * history to say.
 */
public final class OutcomeUnknownException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final CommitToken token;

    public OutcomeUnknownException(Place place, CommitToken token, String why) {
        super(
                place,
                false,
                "Whether " + (token.isNone() ? "the commit" : "commit " + token) + " lasts is not known: " + why
                        + "; read at the next master what it wrote before repeating it");
        this.token = token;
    }

    /** The commit; {@link CommitToken#NONE} where its name did not get here before the process that was committing was gone. */
    public CommitToken token() {
        return token;
    }
}
