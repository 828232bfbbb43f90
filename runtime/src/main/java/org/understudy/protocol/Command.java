package org.understudy.protocol;

/** What an administrator may order on any site and only the master carries out. */
public sealed interface Command {

    /** Take a site out of the group. */
    record Remove(String site) implements Command {}

    /** Hand mastership to a site. */
    record TransferMastership(String site) implements Command {}
}
