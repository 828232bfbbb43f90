package org.understudy.protocol;

/** What an administrator may order on any site and only the master carries out. */
public sealed interface Command {

    /** Take a site out of the group. */
    record Remove(String site) implements Command {}

    /** Take the other site of a pair that isn't strict out of the group, on the operator's word that it is off. */
    record ForceRemove(String site) implements Command {}

    /** Hand mastership to a site. */
    record TransferMastership(String site) implements Command {}

    /** Give a site another priority; 0 for one that never becomes master. */
    record ChangePriority(String site, int priority) implements Command {}

    /** Make a voting site a view, for good. */
    record DemoteToView(String site) implements Command {}
}
