package org.understudy.simulation;

import java.util.List;
import java.util.Optional;
import org.understudy.Standing;
import org.understudy.event.ReplicationEvent;
import org.understudy.log.Ballot;
import org.understudy.log.LogRecord;
import org.understudy.protocol.AckProgress;
import org.understudy.protocol.Command;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** Sees all that happens in a world, the moment it happens; an invariant takes notice of what concerns it. */
interface Observer {

    /** A process begins. */
    default void started(SimulatedSite site) {}

    /** A process has ended, in order or not. */
    default void ended(SimulatedSite site) {}

    /** A disk was emptied. */
    default void wiped(SimulatedSite site) {}

    /** A master has put a record behind the others, first of all sites. */
    default void written(SimulatedSite site, LogRecord record) {}

    /** A client has taken a record for writing. */
    default void accepted(SimulatedSite site, LogRecord record) {}

    /** The log's records up to this LSN survive the end of the machine (of the process, where that is all that is asked). */
    default void stored(SimulatedSite site, long lsn) {}

    /** Everything above this standing is undone. */
    default void cut(SimulatedSite site, Standing kept) {}

    /** Log and data are replaced by a checkpoint's. */
    default void installed(SimulatedSite site, Standing standing) {}

    /** A ballot has replaced another on the disk. */
    default void ballotSaved(SimulatedSite site, Ballot before, Ballot after) {}

    /** A message leaves. */
    default void sent(SimulatedSite site, Peer to, Message message) {}

    /** A site says that so much is permanent. */
    default void permanent(SimulatedSite site, long lsn) {}

    /** A master has counted who stores what. */
    default void counted(SimulatedSite site, AckProgress progress) {}

    /** An event is fired. */
    default void fired(SimulatedSite site, ReplicationEvent event) {}

    /** What this site, which becomes master, does not have is given up, and it says so. */
    default void lossAdmitted(SimulatedSite site) {}

    /** A commit is answered. */
    default void answered(SimulatedSite site, Operation operation) {}

    /** A commit that a site forwarded is answered there. */
    default void forwarded(SimulatedSite site, Operation operation) {}

    /** A read is answered, or fails. */
    default void read(SimulatedSite site, ReadOperation read) {}

    /** An operator gives an order at a site. */
    default void ordered(SimulatedSite site, Command command) {}

    /** A process has dealt with one input. */
    default void stepped(SimulatedSite site) {}

    /** Now and then, to look at everything. */
    default void swept(List<SimulatedSite> sites) {}

    /** The run is over; all sites that are left have converged. */
    default void ended(List<SimulatedSite> sites, Optional<Node> end) {}
}
