package org.understudy.protocol;

import java.util.Set;
import java.util.TreeSet;
import org.understudy.BranchState;
import org.understudy.Standing;

/** What a master says to a forwarded write (protocol.md §9). */
public sealed interface ForwardAnswer {

    /** Committed there, and its policy met; the same for a write that comes again. */
    record Done(Standing commit) implements ForwardAnswer {}

    /** Committed there, but its policy was not met. */
    record TooFewAcks(Standing commit, Set<String> ackedSites) implements ForwardAnswer {

        /** Takes a copy. */
        public TooFewAcks {
            ackedSites = new TreeSet<>(ackedSites);
        }
    }

    /** Not written by this mastership, which is over, or was never this site's. */
    record NotMaster() implements ForwardAnswer {}

    /** This mastership ended, or its disk failed, and what becomes of the write is for the next master to say. */
    record Lost() implements ForwardAnswer {}

    /** Not written: this master serves no forwarded writes. */
    record NotServed() implements ForwardAnswer {}

    /** Not written now or ever under this id: its session is not there, or its number is below the session's window. */
    record UnknownId(boolean sessionKnown) implements ForwardAnswer {}

    /** Not written: the record would be too large. */
    record TooLarge(long bytes, long maxBytes) implements ForwardAnswer {}

    /** Not written. */
    record Refused(Refusal why, String reason) implements ForwardAnswer {}

    /** Not written: the branch it prepares or decides is in no state for that (protocol.md §8.1). */
    record BranchRefused(BranchState state, String reason) implements ForwardAnswer {}

    /** Why a write was refused that the same site's commit would have been refused for. */
    enum Refusal {
        /** What it read was written since. */
        CONFLICT,
        /** Too few sites are connected for its policy. */
        TOO_FEW_SITES,
        /** It asks for what can't be. */
        INVALID
    }

    /** Whether the write was refused for good by this mastership, so that no copy of it may be taken later. */
    default boolean isRefusal() {
        return this instanceof Refused || this instanceof TooLarge || this instanceof BranchRefused;
    }
}
