package org.understudy;

/** A prepared branch is not in a state for what was asked; nothing was changed. */
public final class BranchException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final BranchState state;

    public BranchException(Place place, BranchState state, String message) {
        super(place, false, message);
        this.state = state;
    }

    /** Where the branch stands. */
    public BranchState state() {
        return state;
    }
}
