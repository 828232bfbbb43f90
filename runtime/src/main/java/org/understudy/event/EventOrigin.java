package org.understudy.event;

import java.util.Optional;

/**
 * Where and when an event happened. What it tells was true at that point, and may have changed since (protocol.md §12).
 *
 * @param environment the environment's name
 * @param site the local site; empty in an environment without one
 * @param generation the generation of this site's last record then
 * @param lsn the LSN of this site's last record then
 * @param sequence 1, 2, 3 … over all events of this handle, without a hole; anew from a {@link Takeover} on
 */
public record EventOrigin(String environment, Optional<String> site, long generation, long lsn, long sequence) {}
