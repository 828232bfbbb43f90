package org.understudy.log;

import java.util.UUID;

/**
 * One entry of the generation history: where in the log a mastership begins.
 *
 * @param generation its number
 * @param id its random id; two ids in one generation would mean two masters (protocol.md §13, invariant 1)
 * @param firstLsn the LSN of its first record
 */
public record Mastership(long generation, UUID id, long firstLsn) {}
