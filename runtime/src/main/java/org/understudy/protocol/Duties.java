package org.understudy.protocol;

import java.util.Optional;
import org.understudy.log.MemberTable;

/** What one duty of a replica asks of the others; {@link Roles} is the one who knows them all. */
interface Duties {

    /** Whether a master is heard (protocol.md §4.1). */
    boolean hearsMaster();

    /** The name of the master known, this site included; empty for none. */
    String masterName();

    /** Whether this site is busy replacing or undoing data and can't stand. */
    boolean isRebuilding();

    /** A higher generation is known: give up whatever belongs to an older one. */
    void raise(long generation, String because);

    /** A vote was given in this generation, or is asked for: older masters are refused from now on. */
    void leaveMaster(String because);

    /** An election is won; the group's first, from which its table comes, if one is given (protocol.md §6). */
    void becomeMaster(long generation, Optional<MemberTable> founded);

    /** This site follows the peer, which is master of this generation. */
    void follow(Peer master, long generation);
}
