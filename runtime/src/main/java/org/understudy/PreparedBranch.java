package org.understudy;

import java.time.Instant;

/**
 * A branch of a distributed transaction that waits for its transaction manager.
 *
 * @param id its name
 * @param state {@link BranchState#PREPARED}, or how it was decided by hand
 * @param site where the application prepared it; the environment's name where there is no local site
 * @param preparedAt when, by the clock of the master of that time
 * @param bytes about what its changes take in the log, with what protects them
 */
public record PreparedBranch(BranchId id, BranchState state, String site, Instant preparedAt, long bytes) {}
